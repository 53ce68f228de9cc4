package dev.sluice.cdk.sql;

/** The columns that Airbyte adds to each table, in their order. */
public enum MetaColumn {
    /** A UUID for each record, made when it is written. */
    RAW_ID("_airbyte_raw_id"),
    /** When the source emitted the record. */
    EXTRACTED_AT("_airbyte_extracted_at"),
    /** A JSON object with the sync id and the changes of values. */
    META("_airbyte_meta"),
    /** The generation that the record belongs to. */
    GENERATION_ID("_airbyte_generation_id");

    private final String column;

    MetaColumn(String column) {
        this.column = column;
    }

    /** The name of the column. */
    public String column() {
        return column;
    }
}
