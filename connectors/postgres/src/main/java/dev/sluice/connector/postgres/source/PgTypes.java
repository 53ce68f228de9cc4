package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.copy.CopyFormat;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The types that a database knows, and how columns of them are read. Immutable. */
final class PgTypes {
    private static final int NO_MODIFIER = -1;
    private static final int DEFAULT_FRACTION = 6;

    private final Map<Long, Type> byOid;
    private final boolean knowsEncoding;

    private PgTypes(Map<Long, Type> byOid, boolean knowsEncoding) {
        this.byOid = byOid;
        this.knowsEncoding = knowsEncoding;
    }

    /** A row of pg_type; the kind is typtype, the base is what a domain stands on, the element what an array holds. */
    private record Type(String name, char kind, boolean isArray, long element, long base, int baseModifier) {}

    /**
     * How a column is read.
     *
     * @param type the type of its values
     * @param format the binary form of what is selected
     * @param expression what is selected, in which {@code %s} stands for the column
     */
    record Reading(DataType type, CopyFormat format, String expression) {
        private static final String COLUMN = "%s";

        static Reading plain(DataType type, CopyFormat format) {
            return new Reading(type, format, COLUMN);
        }

        static Reading asText(DataType type) {
            return new Reading(type, CopyFormat.TEXT, COLUMN + "::text");
        }

        static Reading asJson(DataType type) {
            return new Reading(type, CopyFormat.JSONB, "to_jsonb(" + COLUMN + ")");
        }
    }

    static PgTypes load(PgSession session) {
        List<SqlRow> rows = session.query("""
            SELECT oid, typname, typtype, typcategory = 'A' AND typelem <> 0, typelem, typbasetype, typtypmod
              FROM pg_type\
            """);
        Map<Long, Type> byOid = HashMap.newHashMap(rows.size());
        for (SqlRow row : rows) {
            byOid.put(
                    row.whole(0),
                    new Type(
                            row.requireText(1),
                            row.requireText(2).charAt(0),
                            row.truth(3),
                            row.whole(4),
                            row.whole(5),
                            (int) row.whole(6)));
        }
        String encoding = session.query("SHOW server_encoding").getFirst().requireText(0);
        return new PgTypes(byOid, !encoding.equals("SQL_ASCII"));
    }

    /** How a column of a type is read, given its modifier as pg_attribute has it. */
    Reading reading(long oid, int modifier) {
        Reading reading = known(oid, modifier);
        // Sent as text, the server itself would fail on what is not UTF-8; as bytes they arrive as they are.
        return reading.format() == CopyFormat.TEXT && !knowsEncoding
                ? new Reading(
                        reading.type(),
                        CopyFormat.UNCHECKED_TEXT,
                        "convert_to((" + reading.expression() + ")::text, 'SQL_ASCII')")
                : reading;
    }

    private Reading known(long oid, int modifier) {
        Type type = Objects.requireNonNull(byOid.get(oid), "a type that the catalog does not have");
        if (type.kind() == 'd') {
            return known(type.base(), modifier == NO_MODIFIER ? type.baseModifier() : modifier);
        }
        if (type.isArray()) {
            return Reading.asJson(
                    new DataType.ArrayType(known(type.element(), modifier).type()));
        }
        return switch (type.kind()) {
            case 'b' -> base(type.name(), modifier);
            case 'e' -> Reading.plain(new DataType.TextType(), CopyFormat.TEXT);
            case 'c' -> Reading.asJson(new DataType.ObjectType(List.of()));
            default -> Reading.asText(new DataType.UnknownType(type.name()));
        };
    }

    private static Reading base(String name, int modifier) {
        return switch (name) {
            case "bool" -> Reading.plain(new DataType.BoolType(), CopyFormat.BOOL);
            case "int2" -> Reading.plain(new DataType.IntType(16), CopyFormat.INT2);
            case "int4" -> Reading.plain(new DataType.IntType(32), CopyFormat.INT4);
            case "int8" -> Reading.plain(new DataType.IntType(64), CopyFormat.INT8);
            case "oid", "xid", "cid" -> new Reading(new DataType.IntType(64), CopyFormat.INT8, "%s::text::int8");
            case "float4" -> Reading.plain(new DataType.FloatType(32), CopyFormat.FLOAT4);
            case "float8" -> Reading.plain(new DataType.FloatType(64), CopyFormat.FLOAT8);
            case "numeric" -> Reading.plain(numeric(modifier), CopyFormat.NUMERIC);
            case "money" -> new Reading(DecimalType.unconstrained(), CopyFormat.NUMERIC, "%s::numeric");
            case "text", "varchar", "bpchar", "name" -> Reading.plain(new DataType.TextType(), CopyFormat.TEXT);
            case "char", "citext" -> Reading.asText(new DataType.TextType());
            // Cast to text, an address would get the length of a mask that it has not.
            case "inet" -> new Reading(new DataType.UnknownType(name), CopyFormat.TEXT, "abbrev(%s)");
            case "bytea" -> Reading.plain(new DataType.BinaryType(), CopyFormat.BYTEA);
            case "json" -> Reading.plain(new DataType.JsonType(), CopyFormat.TEXT);
            case "jsonb" -> Reading.plain(new DataType.JsonType(), CopyFormat.JSONB);
            case "uuid" -> Reading.plain(new DataType.UuidType(), CopyFormat.UUID);
            case "date" -> Reading.plain(new DataType.DateType(), CopyFormat.DATE);
            case "time" -> Reading.plain(new DataType.TimeType(fraction(modifier), false), CopyFormat.TIME);
            case "timetz" -> Reading.plain(new DataType.TimeType(fraction(modifier), true), CopyFormat.TIMETZ);
            case "timestamp" ->
                Reading.plain(new DataType.TimestampType(fraction(modifier), false), CopyFormat.TIMESTAMP);
            case "timestamptz" ->
                Reading.plain(new DataType.TimestampType(fraction(modifier), true), CopyFormat.TIMESTAMPTZ);
            default -> Reading.asText(new DataType.UnknownType(name));
        };
    }

    /** The modifier of numeric holds the precision above 16 bits and the scale in 11 bits with a sign (numeric.c). */
    private static DecimalType numeric(int modifier) {
        if (modifier < 4) {
            return DecimalType.unconstrained();
        }
        int packed = modifier - 4;
        return new DecimalType((packed >> 16) & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024);
    }

    private static int fraction(int modifier) {
        return modifier < 0 ? DEFAULT_FRACTION : modifier;
    }
}
