package dev.sluice.duckdb;

/** DuckDB's types by their codes in the C interface ({@code duckdb_type}). */
enum TypeId {
    /** Not known before the parameters are set. */
    INVALID(0),
    BOOLEAN(1),
    TINYINT(2),
    SMALLINT(3),
    INTEGER(4),
    BIGINT(5),
    UTINYINT(6),
    USMALLINT(7),
    UINTEGER(8),
    UBIGINT(9),
    FLOAT(10),
    DOUBLE(11),
    TIMESTAMP(12),
    DATE(13),
    TIME(14),
    INTERVAL(15),
    HUGEINT(16),
    VARCHAR(17),
    BLOB(18),
    DECIMAL(19),
    TIMESTAMP_S(20),
    TIMESTAMP_MS(21),
    TIMESTAMP_NS(22),
    ENUM(23),
    LIST(24),
    STRUCT(25),
    MAP(26),
    UUID(27),
    UNION(28),
    BIT(29),
    TIME_TZ(30),
    TIMESTAMP_TZ(31),
    UHUGEINT(32),
    ARRAY(33),
    BIGNUM(35),
    SQLNULL(36),
    TIME_NS(39),
    GEOMETRY(40),
    VARIANT(41),
    TIMESTAMP_TZ_NS(42),
    /** A type that this version does not know. */
    OTHER(-1);

    private static final TypeId[] BY_CODE = new TypeId[64];

    static {
        for (TypeId type : values()) {
            if (type.code >= 0) {
                BY_CODE[type.code] = type;
            }
        }
    }

    private final int code;

    TypeId(int code) {
        this.code = code;
    }

    /** The code in the C interface. */
    int code() {
        return code;
    }

    /** The type of a code. */
    static TypeId of(int code) {
        TypeId type = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        return type == null ? OTHER : type;
    }
}
