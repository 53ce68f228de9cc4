package dev.sluice.connector.file.source;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes files of one format for the contract, by means that the source does not share. */
interface FormatWriter extends AutoCloseable {
    /** What names of files end in, such as {@code .csv}. */
    String extension();

    /** Writes a whole file. */
    void write(Path file, Schema schema, List<Row> rows) throws IOException;

    /**
     * Writes a file with the rows 1001 and 1002, both with the name "good", between records that cannot be read.
     *
     * @return how many such records there are; 0 if the format has no such thing, and then no file is written
     */
    int poison(Path file, Schema schema) throws IOException;

    /** True if the format can hold a value exactly. */
    boolean stores(DataType type, String text);

    /** True if a column can have this name. */
    default boolean names(String column) {
        return true;
    }

    /** What the configuration has to tell beside the types of columns, for these tables by their names. */
    default Map<String, Object> options(Map<String, Schema> tables) {
        return Map.of();
    }

    /** True if the configuration has to tell the types of columns. */
    boolean needsTypes();

    @Override
    default void close() {}
}
