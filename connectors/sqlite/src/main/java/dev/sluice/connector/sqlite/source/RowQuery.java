package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.sql.Condition;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import dev.sluice.spi.type.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The query of rows: the fields, then how long their values are where some are large, then the place of the row in the order
 * of its relation. For one thread.
 */
final class RowQuery {
    /** Stands for a text whose bytes are no characters. */
    static final Object BROKEN_TEXT = new Object();

    private static final char REPLACEMENT = '\uFFFD';

    private final Relation relation;
    private final Schema schema;
    private final boolean inOrder;
    private final Charset encoding;
    private final List<Integer> measured;

    RowQuery(Relation relation, Schema schema, boolean inOrder, Charset encoding) {
        this.relation = relation;
        this.schema = schema;
        this.inOrder = inOrder;
        this.encoding = encoding;
        this.measured = IntStream.range(0, schema.size())
                .filter(i -> schema.field(i).type().layout() == Layout.BYTES
                        && !(schema.field(i).type() instanceof DataType.DecimalType))
                .boxed()
                .toList();
    }

    Schema schema() {
        return schema;
    }

    String sql(Condition condition) {
        List<String> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(Relation.column(field.name())));
        columns.add(lengths());
        if (inOrder) {
            columns.addAll(relation.order());
        }
        String order = inOrder ? " ORDER BY " + String.join(", ", relation.order()) : "";
        return "SELECT " + String.join(", ", columns) + " FROM " + relation.from() + " WHERE " + condition.sql()
                + order;
    }

    /** The lengths as a text, and null for the usual row. SQLite knows them without loading the values. */
    private String lengths() {
        if (measured.isEmpty()) {
            return "NULL";
        }
        List<String> each = measured.stream()
                .map(i ->
                        "ifnull(octet_length(" + Relation.column(schema.field(i).name()) + "), 0)")
                .toList();
        List<String> texts = each.stream().map(length -> length + " || ','").toList();
        return "CASE WHEN " + joined(each, " + ") + " >= " + ReadContext.LARGE_VALUE + " THEN " + joined(texts, " || ")
                + " END";
    }

    /** Joined as a tree, because SQLite takes expressions of limited depth. */
    private static String joined(List<String> terms, String operator) {
        int half = terms.size() / 2;
        return half == 0
                ? "(" + terms.getFirst() + ")"
                : "(" + joined(terms.subList(0, half), operator) + operator
                        + joined(terms.subList(half, terms.size()), operator) + ")";
    }

    /** The bytes of each field's value; null if all are small. */
    long @Nullable [] lengths(ResultSet row) throws SQLException {
        String text = row.getString(schema.size() + 1);
        if (text == null) {
            return null;
        }
        long[] lengths = new long[schema.size()];
        String[] parts = text.split(",", -1);
        for (int i = 0; i < measured.size(); i++) {
            lengths[measured.get(i)] = Long.parseLong(parts[i]);
        }
        return lengths;
    }

    /** What a field stores; null if nothing. */
    @Nullable
    Object value(ResultSet row, int field) throws SQLException {
        Object stored = row.getObject(field + 1);
        // The driver puts the replacement in the place of what it cannot read, and a text may really hold it.
        if (stored instanceof String text && text.indexOf(REPLACEMENT) >= 0) {
            return isBroken(row.getBytes(field + 1)) ? BROKEN_TEXT : stored;
        }
        return stored;
    }

    private boolean isBroken(byte[] text) {
        try {
            encoding.newDecoder().decode(ByteBuffer.wrap(text));
            return false;
        } catch (CharacterCodingException broken) {
            return true;
        }
    }

    /** The place of the current row. */
    List<Object> place(ResultSet row) throws SQLException {
        List<Object> place = new ArrayList<>();
        for (int i = 0; i < relation.order().size(); i++) {
            place.add(row.getObject(schema.size() + 2 + i));
        }
        return place;
    }

    /** The rows behind a place. */
    static Condition behind(Relation relation, List<Object> place) {
        String marks = String.join(", ", place.stream().map(each -> "?").toList());
        return Condition.of("(" + String.join(", ", relation.order()) + ") > (" + marks + ")", place.toArray());
    }
}
