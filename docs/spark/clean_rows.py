"""Clean a Parquet file on a Spark cluster: `python clean_rows.py spark://master:7077 raw.parquet clean`."""

import os
import sys

from pyspark.sql import SparkSession

from cleaner.adapters.spark import clean_dataframe

master, source, target = sys.argv[1:]
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = (
    SparkSession.builder.master(master)
    .appName("clean")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
    .getOrCreate()
)
rows = spark.read.parquet(source).repartition(
    2 * spark.sparkContext.defaultParallelism
)  # small files: work for everybody
clean_dataframe(rows, prefix="clean_").write.mode("overwrite").parquet(target)
for row in spark.read.parquet(target).groupBy("clean_status").count().collect():
    print(f"{row['count']:,} {row['clean_status']}")
spark.stop()
