package dev.sluice.bench.lab;

/** The tables that are moved. Their rows come from a seed and from their number, so each bench has the same. */
public enum BenchTable {
    /** Fourteen mixed columns as a shop would have them, about 280 bytes a row as text. */
    ORDERS("""
        id bigint, customer_id integer, product_id integer, quantity integer, sku character varying(16),
        price numeric(12,2), tax numeric(12,2), note text, email character varying(80), paid boolean,
        ordered_on date, updated_at timestamp with time zone, attrs jsonb, uid uuid\
        """, """
            i, (random() * 100000)::int, (random() * 5000)::int, (1 + random() * 20)::int,
            'SKU-' || lpad((random() * 99999)::int::text, 8, '0'),
            (random() * 10000)::numeric(12,2),
            CASE WHEN random() < 0.2 THEN NULL ELSE (random() * 2000)::numeric(12,2) END,
            CASE i % 7 WHEN 0 THEN E'said "yes", then\\ta tab' WHEN 1 THEN 'Grüße aus Köln – ☃' ELSE 'plain note ' || i END
                || repeat(' lorem ipsum', (random() * 6)::int),
            CASE WHEN random() < 0.1 THEN NULL ELSE 'user' || (random() * 1000000)::int || '@mail.example' END,
            random() < 0.5,
            date '2015-01-01' + (random() * 4000)::int,
            timestamp with time zone '2015-01-01 00:00:00+00' + random() * interval '4000 days',
            CASE WHEN random() < 0.05 THEN NULL ELSE jsonb_build_object('channel',
                (ARRAY['web', 'app', 'shop'])[1 + (random() * 2)::int], 'score', (random() * 100)::int,
                'tags', jsonb_build_array('a', 'b', i % 10), 'words', 'from the ' || i || 'th order on') END,
            gen_random_uuid()\
            """),
    /** Four columns, 46 bytes a row as text: here each row's own cost shows. */
    NARROW("id bigint, amount numeric(10,2), at timestamp with time zone, flag integer", """
        i, (random() * 1000)::numeric(10,2), timestamp with time zone '2020-01-01 00:00:00+00' + i * interval '1 second',
        CASE WHEN i % 10 = 0 THEN NULL ELSE (i % 1000)::int END\
        """);

    /** Airbyte's columns with the types that the PostgreSQL destination gives them. */
    private static final String META_COLUMNS = """
        _airbyte_raw_id character varying, _airbyte_extracted_at timestamp with time zone, _airbyte_meta jsonb,
        _airbyte_generation_id bigint, \
        """;

    private static final String META_VALUES = """
        uuidv7()::character varying, now(), '{"sync_id": 1, "changes": []}'::jsonb, 1::bigint, \
        """;

    private final String columns;
    private final String values;

    BenchTable(String columns, String values) {
        this.columns = columns;
        this.values = values;
    }

    /** The name of the table. */
    public String table() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The name of the table that holds the same rows and Airbyte's columns before them. */
    public String tableWithMeta() {
        return table() + "_meta";
    }

    /** Creates a table with these columns. */
    public String create(String name) {
        return "CREATE TABLE " + name + " (" + columns + ")";
    }

    /** Creates a table with Airbyte's columns and these. */
    public String createWithMeta(String name) {
        return "CREATE TABLE " + name + " (" + META_COLUMNS + columns + ")";
    }

    /** Fills a table with the rows from the first number to the last one. */
    public String fill(String name, long first, long last) {
        return "INSERT INTO " + name + " SELECT " + values + " FROM generate_series(" + first + "::bigint, " + last
                + ") AS i";
    }

    /** Fills a table with Airbyte's columns from the one without. */
    public String fillWithMeta(String name, String from) {
        return "INSERT INTO " + name + " SELECT " + META_VALUES + "t.* FROM " + from + " AS t";
    }
}
