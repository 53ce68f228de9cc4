package dev.sluice.engine.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of records of a stream that cannot be moved as they are.
 *
 * @param policy what becomes of a record that cannot be read
 * @param limit how many records may be rejected
 * @param notice how many may be rejected before somebody is told, while the stream goes on
 * @param strict what becomes of a value that would not arrive as it is
 */
public record RejectRules(Policy policy, RejectLimit limit, RejectLimit notice, Strict strict) {
    /** The rules of a connection that says nothing of them. */
    public static final RejectRules USUAL = new RejectRules(Policy.QUARANTINE, RejectLimit.NONE, Strict.OFF);

    /** The rules of a stream whose rejected records nobody is told of in particular. */
    public RejectRules(Policy policy, RejectLimit limit, Strict strict) {
        this(policy, limit, RejectLimit.NONE, strict);
    }

    public RejectRules {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(limit);
        Objects.requireNonNull(notice);
        Objects.requireNonNull(strict);
        if (policy == Policy.ANNOTATE && strict != Strict.OFF) {
            throw new IllegalArgumentException("values are either marked or refused, not both");
        }
    }

    /** What becomes of a record that cannot be read. */
    public enum Policy {
        /** The first one makes the stream fail. */
        STOP,
        /** It is kept aside, and the stream goes on. */
        QUARANTINE,
        /** It arrives with a null in the place of the bad value, and a mark; what is no record at all is kept aside. */
        ANNOTATE;

        /** The word in a project file. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The policy of a word. */
        public static Optional<Policy> of(String key) {
            return Arrays.stream(values())
                    .filter(each -> each.key().equals(key))
                    .findFirst();
        }

        /** The words, in order. */
        public static List<String> keys() {
            return Arrays.stream(values()).map(Policy::key).toList();
        }
    }

    /** What becomes of a value that would not arrive as it is, because its column cannot hold it. */
    public enum Strict {
        /** It arrives as null or cut, is marked in {@code _airbyte_meta} and counted. */
        OFF,
        /** Its record is rejected. */
        REJECT,
        /** The stream fails. */
        FAIL
    }

    /** The rules under which records that were rejected before are tried again: those that fail again stay. */
    public RejectRules forReplay() {
        return new RejectRules(
                policy == Policy.STOP ? Policy.QUARANTINE : policy,
                RejectLimit.NONE,
                strict == Strict.FAIL ? Strict.REJECT : strict);
    }
}
