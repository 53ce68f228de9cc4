package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.source.Relation.Column;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.type.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Divides a table into ranges of its key of about the same size.
 *
 * <p>Where the key begins with a whole number, ranges of numbers are halved until the server expects few enough rows in
 * each, which it tells from its index at once. Any other key is sampled, in one pass of the server over its smallest
 * index. Bounds need not be exact for the ranges to hold each row once: see {@link KeyRange}.
 */
final class RangePlanner {
    private static final int MAX_SPLITS = 4_000;
    private static final long LEAST_ROWS = 1_000;
    private static final long USUAL_ROW_BYTES = 100;
    private static final int SAMPLES_A_SPLIT = 40;

    /** A range that is so much larger than wanted and cannot be halved any more calls for samples instead. */
    private static final int LOPSIDED = 8;

    private final MySession session;
    private final Relation relation;
    private final long wantedRows;

    RangePlanner(MySession session, Relation relation, long splitBytes) {
        this.session = session;
        this.relation = relation;
        long rowBytes = relation.rowBytes() > 0 ? relation.rowBytes() : USUAL_ROW_BYTES;
        this.wantedRows = Math.max(LEAST_ROWS, splitBytes / rowBytes);
    }

    /** A range of whole numbers and how many rows the server expects in it. */
    private record Numbers(BigInteger first, BigInteger last, long rows) {}

    /** A bound with the rows that are expected up to it. */
    private record Part(KeyRange range, long rows) {}

    /** The splits of a read of the whole table. */
    List<Split> splits() {
        Relation.Key key = relation.key();
        List<Part> parts = key == null || !relation.isDivisible() ? whole() : parts(key);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new Split(
                        Integer.toString(i),
                        parts.get(i).range().json(),
                        new Estimate(parts.get(i).rows(), Estimate.UNKNOWN)))
                .toList();
    }

    private static List<Part> whole() {
        return List.of(new Part(KeyRange.WHOLE, Estimate.UNKNOWN));
    }

    private List<Part> parts(Relation.Key key) {
        Column first = key.columns().getFirst();
        if (!isWhole(first)) {
            return sampled(key);
        }
        SqlRow extremes = session.query(
                        "SELECT MIN(" + first.quoted() + "), MAX(" + first.quoted() + ") FROM " + relation.quoted())
                .getFirst();
        if (extremes.text(0) == null) {
            return whole();
        }
        List<Numbers> leaves = new ArrayList<>();
        BigInteger least = new BigInteger(extremes.requireText(0));
        BigInteger most = new BigInteger(extremes.requireText(1));
        halve(key, least, most, leaves);
        boolean lopsided = leaves.stream().anyMatch(leaf -> leaf.rows() > LOPSIDED * wantedRows);
        return lopsided ? sampled(key) : merged(leaves);
    }

    private static boolean isWhole(Column column) {
        return switch (column.reading().type()) {
            case DataType.IntType ignored -> true;
            case DataType.DecimalType decimal -> decimal.scale() == 0;
            default -> false;
        };
    }

    private void halve(Relation.Key key, BigInteger first, BigInteger last, List<Numbers> leaves) {
        long rows = expected(key, first, last);
        if (rows <= wantedRows || first.equals(last) || leaves.size() >= MAX_SPLITS) {
            leaves.add(new Numbers(first, last, rows));
            return;
        }
        BigInteger middle = first.add(last).shiftRight(1);
        halve(key, first, middle, leaves);
        halve(key, middle.add(BigInteger.ONE), last, leaves);
    }

    private long expected(Relation.Key key, BigInteger first, BigInteger last) {
        // MySQL does not look how many rows a range has when the index is the only way.
        String way = session.version().mariaDb() ? " FORCE INDEX (" : " USE INDEX (";
        long rows = session.estimatedRows("SELECT 1 FROM " + relation.quoted() + way
                + Quoting.identifier(key.index()) + ") WHERE "
                + key.columns().getFirst().quoted() + " BETWEEN " + first
                + " AND " + last);
        BigInteger most = key.columns().size() == 1 ? last.subtract(first).add(BigInteger.ONE) : null;
        return most != null && most.bitLength() < Long.SIZE ? Math.min(rows, most.longValue()) : rows;
    }

    /** Joins neighbours as long as they stay small: halving leaves many a range with few rows. */
    private List<Part> merged(List<Numbers> leaves) {
        List<List<String>> bounds = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < leaves.size(); i++) {
            sum += leaves.get(i).rows();
            boolean last = i == leaves.size() - 1;
            if (last || sum + leaves.get(i + 1).rows() > wantedRows) {
                rows.add(sum);
                sum = 0;
                if (!last) {
                    bounds.add(List.of(leaves.get(i).last().toString()));
                }
            }
        }
        return parts(bounds, rows);
    }

    private static List<Part> parts(List<List<String>> bounds, List<Long> rows) {
        List<KeyRange> ranges = KeyRange.between(bounds);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            parts.add(new Part(ranges.get(i), rows.get(i)));
        }
        return parts;
    }

    private List<Part> sampled(Relation.Key key) {
        String from = " FROM " + relation.quoted();
        long rows = session.estimatedRows("SELECT 1" + from);
        if (rows < 2 * wantedRows) {
            return whole();
        }
        double share = Math.min(1, (double) SAMPLES_A_SPLIT / wantedRows);
        String columns = key.columns().stream().map(Column::orderText).collect(Collectors.joining(", "));
        String order = key.columns().stream().map(Column::quoted).collect(Collectors.joining(", "));
        List<SqlRow> samples =
                session.query("SELECT " + columns + from + " WHERE RAND() < " + share + " ORDER BY " + order);
        int step = Math.max(SAMPLES_A_SPLIT, samples.size() / MAX_SPLITS);
        List<List<String>> bounds = new ArrayList<>();
        for (int i = step; i < samples.size() - step / 2; i += step) {
            List<String> bound = bound(samples.get(i), key.columns());
            if (bound != null) {
                bounds.add(bound);
            }
        }
        long each = rows / (bounds.size() + 1);
        return parts(bounds, bounds.stream().map(bound -> each).collect(Collectors.toCollection(ArrayList::new)), each);
    }

    private static List<Part> parts(List<List<String>> bounds, List<Long> rows, long last) {
        rows.add(last);
        return parts(bounds, rows);
    }

    /** The texts of a sample; null if one of them cannot be written as a constant, such as a date of zeros. */
    private static @Nullable List<String> bound(SqlRow sample, List<Column> key) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String text = sample.requireText(i);
            if (key.get(i).reading().order() == Order.TIME && text.startsWith("0000")) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }
}
