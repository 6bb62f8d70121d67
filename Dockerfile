# The command in a container: `docker run -v "$PWD/pages:/in:ro" -v "$PWD/out:/out" article-cleaner` cleans /in to /out.
# Nothing but /out (and /tmp, for nothing that stays) is written: it runs with --read-only --tmpfs /tmp.
# `--target spark` is a Spark node with the same program: docs/spark/compose.yaml.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY cleaner cleaner
COPY rules rules
RUN pip wheel --no-cache-dir --constraint constraints.txt --wheel-dir /wheels '.[arrow,cloud,warc,zst]'

FROM build AS build-spark
RUN pip wheel --no-cache-dir --constraint constraints.txt --wheel-dir /wheels '.[spark,warc,zst]'

FROM python:3.13-slim AS spark
RUN apt-get update && apt-get install --yes --no-install-recommends default-jre-headless procps \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=build-spark,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'article-cleaner[spark,warc,zst]' \
    && useradd --uid 10001 --create-home cleaner \
    && ln -s "$(python -c 'import pyspark; print(pyspark.__path__[0])')" /opt/spark
ENV SPARK_HOME=/opt/spark PYSPARK_PYTHON=python3 PYTHONDONTWRITEBYTECODE=1
USER cleaner
ENTRYPOINT ["/opt/spark/bin/spark-class"]

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'article-cleaner[arrow,cloud,warc,zst]' \
    && useradd --uid 10001 --no-create-home cleaner \
    && mkdir /in /out && chown cleaner /out
USER cleaner
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
VOLUME /out
ENTRYPOINT ["clean"]
CMD ["/in", "-o", "/out"]
