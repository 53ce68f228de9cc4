package dev.sluice.connector.file.destination.columns;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.spi.type.DataType;
import java.util.Optional;

/** How a format of files holds values. */
public interface FormatTypes {
    /** The type of new columns for values of a type. */
    ColumnType of(DataType type);

    /**
     * The type that new files of a target have in a column, so that readers can take it together with the column of older
     * files. Empty if there is none.
     *
     * @param known the type that the column has in older files
     * @param type the type of the values that come
     */
    Optional<String> joined(String known, DataType type);
}
