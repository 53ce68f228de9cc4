package dev.sluice.cdk.sql;

import dev.sluice.spi.source.ChecksumRead;
import java.util.List;
import java.util.Optional;

/** How a database computes {@link dev.sluice.spi.source.Checksums}: the few things of it that each says in other words. */
public interface ChecksumSql {
    /** In the place of a hash that the database could not make: no sum of hashes comes near. */
    String NO_HASH = "100000000000000000000000000000000000";

    /**
     * The text of a column in its form, for rows in which it is not null.
     *
     * @param column what is asked for
     * @return empty if this database cannot write the column so, or not in one way only
     */
    Optional<Written> written(ChecksumRead.Column column);

    /**
     * How a column is written.
     *
     * @param source the column as it is tested for null
     * @param text its text, without length or semicolon
     */
    record Written(String source, String text) {}

    /** Texts one behind the other. */
    default String joined(List<String> texts) {
        return "(" + String.join(" || ", texts) + ")";
    }

    /** How many code points a text has. */
    default String length(String text) {
        return "char_length(" + text + ")";
    }

    /** The MD5 of a text in UTF-8, as hex digits in small letters. */
    default String hash(String text) {
        return "md5(" + text + ")";
    }

    /**
     * The number of 64 bits that 16 hex digits make, with or without a sign. Where a database lets a long text become null,
     * {@link #NO_HASH} takes the place of its hash.
     */
    String number(String digits);
}
