package dev.sluice.connector.sqlite.session;

import dev.sluice.spi.type.DataType;
import java.util.Optional;

/**
 * What a declared type means. SQLite holds nobody to it; the names that people use are understood first, then SQLite's own
 * rules of affinity by syllables.
 */
public final class DeclaredTypes {
    private static final int MICROS = 6;
    private static final int NANOS = 9;
    private static final int BITS = 64;

    private DeclaredTypes() {}

    /** The type of a column; empty if the declaration says nothing, so that the values have to. */
    public static Optional<DataType> of(String declared) {
        TypeName type = TypeName.parse(declared);
        int fraction = type.first() > MICROS && type.first() <= NANOS ? type.first() : MICROS;
        return switch (type.name()) {
            case "BOOLEAN", "BOOL" -> Optional.of(new DataType.BoolType());
            case "DATE" -> Optional.of(new DataType.DateType());
            case "DATETIME", "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE" ->
                Optional.of(new DataType.TimestampType(fraction, false));
            case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> Optional.of(new DataType.TimestampType(fraction, true));
            case "TIME" -> Optional.of(new DataType.TimeType(fraction, false));
            case "TIMETZ" -> Optional.of(new DataType.TimeType(fraction, true));
            case "UUID" -> Optional.of(new DataType.UuidType());
            case "JSON", "JSON_TEXT" -> Optional.of(new DataType.JsonType());
            case "DECIMAL", "NUMERIC", "DECIMAL_TEXT" -> Optional.of(decimal(type));
            case "FLOAT4" -> Optional.of(new DataType.FloatType(32));
            case "STRING" -> Optional.of(new DataType.TextType());
            default -> byAffinity(type.name());
        };
    }

    private static DataType decimal(TypeName type) {
        return type.first() <= 0
                ? DataType.DecimalType.unconstrained()
                : new DataType.DecimalType(type.first(), type.second());
    }

    /** The rules of SQLite's manual, in their order. */
    private static Optional<DataType> byAffinity(String name) {
        if (name.contains("INT")) {
            return Optional.of(new DataType.IntType(BITS));
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return Optional.of(new DataType.TextType());
        }
        if (name.contains("BLOB")) {
            return Optional.of(new DataType.BinaryType());
        }
        if (name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")) {
            return Optional.of(new DataType.FloatType(BITS));
        }
        return Optional.empty();
    }
}
