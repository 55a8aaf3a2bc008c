# Two stages: packages are built and checked against the lock in the first; the second holds only what runs.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/warmline \
    && /opt/warmline/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY nlp nlp
COPY responses responses
RUN /opt/warmline/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/warmline warmline
COPY --from=build /opt/warmline /opt/warmline
ENV PATH=/opt/warmline/bin:$PATH \
    WARMLINE_HOME=/var/lib/warmline/data \
    WARMLINE_KEY_FILE=/run/secrets/warmline_key \
    WARMLINE_SERVER__HOST=0.0.0.0
USER warmline
# Made here, so that a fresh volume belongs to the user that runs.
RUN mkdir -m 700 /var/lib/warmline/data
VOLUME /var/lib/warmline/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["warmline"]
CMD ["serve"]
