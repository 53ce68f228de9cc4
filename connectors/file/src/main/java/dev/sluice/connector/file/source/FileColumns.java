package dev.sluice.connector.file.source;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;

/** The columns that tell which file a row comes from, under the names that Airbyte's file sources give them. */
final class FileColumns {
    static final String URL = "_ab_source_file_url";
    static final String MODIFIED = "_ab_source_file_last_modified";

    static final List<Field> FIELDS =
            List.of(new Field(MODIFIED, new DataType.TimestampType(6, true)), new Field(URL, new DataType.TextType()));

    private FileColumns() {}
}
