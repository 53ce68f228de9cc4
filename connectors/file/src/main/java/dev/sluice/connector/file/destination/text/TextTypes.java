package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.spi.type.DataType;
import java.util.Optional;

/**
 * How lines hold values. Every value keeps all its digits and characters; columns have no type of their own, so values of
 * another type may follow in later files.
 */
enum TextTypes implements FormatTypes {
    /** All values are texts. */
    CSV {
        @Override
        public ColumnType of(DataType type) {
            return switch (type) {
                case DataType.BinaryType ignored -> ColumnType.exact(BASE64);
                case DataType.JsonType ignored -> ColumnType.exact("text (JSON)");
                case DataType.ArrayType ignored -> ColumnType.exact("text (JSON)");
                case DataType.ObjectType ignored -> ColumnType.exact("text (JSON)");
                case DataType.BoolType ignored -> TEXT;
                case DataType.IntType ignored -> TEXT;
                case DataType.DecimalType ignored -> TEXT;
                case DataType.FloatType ignored -> TEXT;
                case DataType.TextType ignored -> TEXT;
                case DataType.UuidType ignored -> TEXT;
                case DataType.DateType ignored -> TEXT;
                case DataType.TimeType ignored -> TEXT;
                case DataType.TimestampType ignored -> TEXT;
                case DataType.UnknownType ignored -> TEXT;
            };
        }
    },
    /** Numbers, truth values and documents are those of JSON, all others are texts. */
    JSON {
        @Override
        public ColumnType of(DataType type) {
            return switch (type) {
                case DataType.BoolType ignored -> ColumnType.exact("boolean");
                case DataType.IntType ignored -> ColumnType.exact("number");
                case DataType.DecimalType ignored -> ColumnType.exact("number");
                case DataType.FloatType ignored -> ColumnType.exact("number");
                case DataType.BinaryType ignored -> ColumnType.exact(BASE64);
                case DataType.JsonType ignored -> DOCUMENT;
                case DataType.ArrayType ignored -> DOCUMENT;
                case DataType.ObjectType ignored -> DOCUMENT;
                case DataType.TextType ignored -> TEXT;
                case DataType.UuidType ignored -> TEXT;
                case DataType.DateType ignored -> TEXT;
                case DataType.TimeType ignored -> TEXT;
                case DataType.TimestampType ignored -> TEXT;
                case DataType.UnknownType ignored -> TEXT;
            };
        }
    };

    private static final String BASE64 = "text (base64)";
    private static final ColumnType TEXT = ColumnType.exact("text");
    private static final ColumnType DOCUMENT =
            ColumnType.widened("value", "line breaks between its parts become blanks");

    @Override
    public Optional<String> joined(String known, DataType type) {
        String wanted = of(type).sql();
        boolean sameAlphabet = known.equals(BASE64) == wanted.equals(BASE64);
        return sameAlphabet ? Optional.of(wanted) : Optional.empty();
    }
}
