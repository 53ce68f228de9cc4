package dev.sluice.connector.mysql.source;

import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.spi.type.DataType;
import java.util.Locale;

/** How the types of columns are read. */
final class MyTypes {
    private static final int BIGINT_DIGITS = 20;

    private final SourceSettings settings;

    MyTypes(SourceSettings settings) {
        this.settings = settings;
    }

    /**
     * What information_schema.COLUMNS says of a column's type.
     *
     * @param name DATA_TYPE
     * @param full COLUMN_TYPE
     * @param precision NUMERIC_PRECISION
     * @param scale NUMERIC_SCALE
     * @param fraction DATETIME_PRECISION
     */
    record Declared(String name, String full, int precision, int scale, int fraction) {
        Declared {
            name = name.toLowerCase(Locale.ROOT);
            full = full.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a column is read.
     *
     * @param type the type of its values
     * @param decoding how their texts are decoded
     * @param expression what is selected, in which {@code %s} stands for the column
     * @param order how its values are compared
     */
    record Reading(DataType type, Decoding decoding, String expression, Order order) {
        private static final String COLUMN = "%s";

        static Reading plain(DataType type, Decoding decoding, Order order) {
            return new Reading(type, decoding, COLUMN, order);
        }
    }

    /** JSON of MariaDB, whose columns are declared as text. */
    static Reading json() {
        return Reading.plain(new DataType.JsonType(), Decoding.BYTES, Order.NONE);
    }

    Reading reading(Declared declared) {
        return switch (declared.name()) {
            case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "year", "bit" -> whole(declared);
            case "decimal", "numeric" ->
                number(new DataType.DecimalType(declared.precision(), declared.scale()), Decoding.DECIMAL, declared);
            // The server's text of a FLOAT has six digits; as a DOUBLE it has all.
            case "float" -> new Reading(new DataType.FloatType(32), Decoding.FLOAT, "(%s * 1e0)", Order.NONE);
            case "double", "real" -> number(new DataType.FloatType(64), Decoding.FLOAT, declared);
            case "date" -> Reading.plain(new DataType.DateType(), Decoding.DATE, Order.TIME);
            case "datetime" ->
                Reading.plain(new DataType.TimestampType(declared.fraction(), false), Decoding.TIMESTAMP, Order.TIME);
            case "timestamp" ->
                Reading.plain(new DataType.TimestampType(declared.fraction(), true), Decoding.TIMESTAMP, Order.TIME);
            case "time" ->
                settings.types().timeAsText()
                        ? Reading.plain(new DataType.TextType(), Decoding.BYTES, Order.NONE)
                        : Reading.plain(new DataType.TimeType(declared.fraction(), false), Decoding.TIME, Order.NONE);
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                Reading.plain(new DataType.TextType(), Decoding.TEXT, Order.TEXT);
            case "enum", "set" -> Reading.plain(new DataType.TextType(), Decoding.TEXT, Order.NONE);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
                Reading.plain(new DataType.BinaryType(), Decoding.BYTES, Order.BYTES);
            case "json" -> json();
            case "uuid" -> Reading.plain(new DataType.UuidType(), Decoding.UUID, Order.WORD);
            default -> unknown(declared.name());
        };
    }

    private Reading whole(Declared declared) {
        boolean unsigned = declared.full().contains("unsigned");
        return switch (declared.name()) {
            case "tinyint" ->
                settings.types().tinyAsBoolean() && declared.full().startsWith("tinyint(1)")
                        ? new Reading(new DataType.BoolType(), Decoding.TRUTH, "(%s + 0)", Order.NONE)
                        : integer(unsigned ? 16 : 8, declared);
            case "smallint" -> integer(unsigned ? 32 : 16, declared);
            case "mediumint" -> integer(32, declared);
            case "bigint" ->
                unsigned
                        ? number(new DataType.DecimalType(BIGINT_DIGITS, 0), Decoding.DECIMAL, declared)
                        : integer(64, declared);
            case "year" -> new Reading(new DataType.IntType(16), Decoding.NUMBER, "(%s + 0)", Order.NUMBER);
            case "bit" -> bits(declared.precision());
            default -> integer(unsigned ? 64 : 32, declared);
        };
    }

    private static Reading integer(int bits, Declared declared) {
        return number(new DataType.IntType(bits), Decoding.NUMBER, declared);
    }

    /** Adding zero takes away the zeros that ZEROFILL puts in front. */
    private static Reading number(DataType type, Decoding decoding, Declared declared) {
        boolean filled = declared.full().contains("zerofill");
        return new Reading(type, decoding, filled ? "(%s + 0)" : Reading.COLUMN, Order.NUMBER);
    }

    /** One bit is a truth; more are the number that they make. */
    private static Reading bits(int count) {
        if (count <= 1) {
            return new Reading(new DataType.BoolType(), Decoding.TRUTH, "(%s + 0)", Order.NONE);
        }
        if (count == 64) {
            DataType type = new DataType.DecimalType(BIGINT_DIGITS, 0);
            return new Reading(type, Decoding.DECIMAL, "(%s + 0)", Order.NONE);
        }
        int bits = count < 8 ? 8 : count < 16 ? 16 : count < 32 ? 32 : 64;
        return new Reading(new DataType.IntType(bits), Decoding.NUMBER, "(%s + 0)", Order.NONE);
    }

    private static Reading unknown(String name) {
        String expression = switch (name) {
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" ->
                "IF(ST_SRID(%s) = 0, ST_AsText(%s), CONCAT('SRID=', ST_SRID(%s), ';', ST_AsText(%s)))";
            default -> Reading.COLUMN;
        };
        return new Reading(new DataType.UnknownType(name), Decoding.TEXT, expression, Order.NONE);
    }
}
