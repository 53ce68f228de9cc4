package dev.sluice.dist.types;

import java.util.List;

/** The types of Parquet files, by the names of the DuckDB types that they are written from. */
final class ParquetTypes {
    private ParquetTypes() {}

    static List<NativeColumn> all() {
        return DuckDbTypes.common();
    }
}
