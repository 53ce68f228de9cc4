package dev.sluice.spi.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows counted and summed in groups, in whatever order they are. Two streams with the same checksums have the same rows;
 * that they have not and the sums agree by chance has a probability of about 2 to the power of -64 in each group.
 *
 * <p>They are defined so that a database can compute them in one statement. A row is the text of its columns, each written
 * in its {@link ChecksumForm} and ended by a semicolon; a null is a tilde and a semicolon. The hash of a row is the MD5 of
 * that text in UTF-8, in 32 hex digits of small letters. The group of a row is the number that the first three digits
 * make of the same hash over the key's columns alone. What is summed of a group are the first 64 bits of the hashes of its
 * rows, modulo 2 to the power of 64. MD5 is what databases have in common; it is no protection from somebody who makes
 * up rows on purpose.
 *
 * @param groups the groups that have rows, in the order of their numbers
 */
public record Checksums(List<Group> groups) {
    /** How many groups there may be. */
    public static final int GROUPS = 1 << 12;

    public Checksums {
        List<Group> ordered = new ArrayList<>(groups);
        ordered.sort(Comparator.comparingInt(Group::number));
        groups = List.copyOf(ordered);
    }

    /**
     * A group.
     *
     * @param number its number, from 0 to {@link #GROUPS} - 1
     * @param rows how many rows it has
     * @param sum the sum of their hashes
     */
    public record Group(int number, long rows, long sum) {}

    /** The rows of all groups. */
    public long rows() {
        return groups.stream().mapToLong(Group::rows).sum();
    }
}
