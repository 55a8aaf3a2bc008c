"""The sentence model: checked, quantised once, steady."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp import embedding
from nlp.embedding import Embedding, ModelUnavailableError


@pytest.fixture(scope="module")
def model(model_cache: Path) -> Embedding:
    return Embedding.load(model_cache)


def test_like_meanings_lie_close(model: Embedding) -> None:
    loss, also_loss, cake = map(model.vector, ["my mother died", "I lost my mum", "I baked a cake"])
    assert loss @ also_loss > 0.5 > loss @ cake
    assert np.linalg.norm(loss) == pytest.approx(1.0, abs=1e-5)


def test_the_same_text_gives_the_same_vector_from_many_threads(model: Embedding) -> None:
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(model.vector, ["so tired"] * 8))
    assert all(np.array_equal(vectors[0], other) for other in vectors)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=100))
def test_any_text_has_a_vector(model: Embedding, text: str) -> None:
    assert model.vector(text).shape == (embedding.SIZE,)


def test_a_changed_or_missing_model_is_refused(monkeypatch: pytest.MonkeyPatch, model_cache: Path) -> None:
    monkeypatch.setattr(embedding, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="another file"):
        Embedding.load(model_cache)
    monkeypatch.setattr(embedding, "MODEL", ("no-such-package", "model.onnx"))
    with pytest.raises(ModelUnavailableError, match="not installed"):
        Embedding.load(model_cache)


def test_a_damaged_cache_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    def make(_: Path, work: Path) -> Path:
        made.append(work / "int8.onnx")
        made[-1].write_bytes(b"model")
        return made[-1]

    monkeypatch.setattr(embedding, "_quantise", make)
    ready = embedding._quantised(Path("model"), tmp_path)
    assert ready.read_bytes() == b"model"
    embedding._quantised(Path("model"), tmp_path)
    assert len(made) == 1
    ready.write_bytes(b"damaged")
    assert embedding._quantised(Path("model"), tmp_path).read_bytes() == b"model"
    assert len(made) == 2
    assert {path.name for path in tmp_path.iterdir()} == {ready.name, f"{ready.name}.sha256"}
