package dev.sluice.cdk.sql;

import dev.sluice.spi.source.ChecksumForm;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.Checksums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query that counts and sums rows where they are. See {@link Checksums} for what it computes.
 *
 * @param sql gives a row for each group: its digits, how many rows it has, and the sum of their hashes
 */
public record ChecksumQuery(String sql) {
    private static final int DIGITS = 3;
    private static final int HALF = 16;
    private static final int HEX = 16;
    private static final BigInteger WORDS = BigInteger.ONE.shiftLeft(Long.SIZE);

    /**
     * Writes the query.
     *
     * @param read what is summed
     * @param from the relation, quoted
     * @param dialect the words of the database
     * @return empty if one of the columns cannot be written in its form
     */
    public static Optional<ChecksumQuery> of(ChecksumRead read, String from, ChecksumSql dialect) {
        List<String> ended = new ArrayList<>();
        for (ChecksumRead.Column column : read.columns()) {
            Optional<ChecksumSql.Written> written = dialect.written(column);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            ended.add(ended(column.form(), written.get(), dialect));
        }
        String key = dialect.hash(joined(read.key().stream().map(ended::get).toList(), dialect));
        String row = dialect.hash(joined(ended, dialect));
        return Optional.of(new ChecksumQuery("SELECT g, count(*), sum(x) FROM (SELECT substr(" + key + ", 1, " + DIGITS
                + ") AS g, " + dialect.number("substr(" + row + ", 1, " + HALF + ")") + " AS x FROM " + from
                + ") hashed GROUP BY g"));
    }

    private static String joined(List<String> ended, ChecksumSql dialect) {
        return ended.size() == 1 ? ended.getFirst() : dialect.joined(ended);
    }

    private static String ended(ChecksumForm form, ChecksumSql.Written written, ChecksumSql dialect) {
        List<String> parts = form == ChecksumForm.TEXT || form == ChecksumForm.JSON
                ? List.of(dialect.length(written.text()), "':'", written.text(), "';'")
                : List.of(written.text(), "';'");
        return "CASE WHEN " + written.source() + " IS NULL THEN '~;' ELSE " + dialect.joined(parts) + " END";
    }

    /**
     * What the rows of the query say.
     *
     * @return null if a row has no hash, as where its text is longer than the database lets a text be
     */
    public @Nullable Checksums read(List<SqlRow> rows) {
        List<Checksums.Group> groups = new ArrayList<>(rows.size());
        for (SqlRow row : rows) {
            String group = row.text(0);
            if (group == null) {
                return null;
            }
            BigInteger sum = new BigDecimal(row.requireText(2)).toBigIntegerExact();
            if (sum.abs().compareTo(WORDS.multiply(BigInteger.valueOf(row.whole(1)))) > 0) {
                return null;
            }
            groups.add(new Checksums.Group(Integer.parseInt(group, HEX), row.whole(1), sum.longValue()));
        }
        return new Checksums(groups);
    }
}
