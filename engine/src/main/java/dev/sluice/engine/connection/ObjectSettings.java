package dev.sluice.engine.connection;

import java.util.List;
import java.util.Objects;

/**
 * That the rows of a stream become objects of a system with a schema of its own (data activation).
 *
 * @param object the kind of object in the system's words
 * @param matching by which fields of the system objects are found; empty to take them where there is one choice only
 * @param fields what becomes of what, in order; a field of the system stands in it once
 * @param maxDeletedPercent how many of a hundred objects a mirror may remove in one run
 */
public record ObjectSettings(String object, List<String> matching, List<MappedField> fields, double maxDeletedPercent) {
    /** A mirror removes no more of a hundred objects unless somebody says so: a source that has shrunk by half is rarely right. */
    public static final double USUAL_DELETED_PERCENT = 50;

    /** Objects of which a mirror removes at most half in one run. */
    public ObjectSettings(String object, List<String> matching, List<MappedField> fields) {
        this(object, matching, fields, USUAL_DELETED_PERCENT);
    }

    public ObjectSettings {
        Objects.requireNonNull(object);
        matching = List.copyOf(matching);
        fields = List.copyOf(fields);
        if (!(maxDeletedPercent >= 0 && maxDeletedPercent <= 100)) {
            throw new IllegalArgumentException("a share is a number from 0 to 100");
        }
    }

    /**
     * A field of the system and where its values come from.
     *
     * @param to the field in the system
     * @param from where its values come from
     * @param nulls what a null does
     */
    public record MappedField(String to, Origin from, Nulls nulls) {
        public MappedField {
            Objects.requireNonNull(to);
            Objects.requireNonNull(from);
            Objects.requireNonNull(nulls);
        }
    }

    /** Where values come from. */
    public sealed interface Origin {
        /** In words for people. */
        String words();

        /** A field of the stream, as its mappers leave it. */
        record SourceField(String name) implements Origin {
            @Override
            public String words() {
                return name;
            }
        }

        /**
         * The same value for each row.
         *
         * @param value a text, a number, true or false
         */
        record Constant(Object value) implements Origin {
            @Override
            public String words() {
                return "constant " + value;
            }
        }

        /** What an expression makes of the row. */
        record Computed(String expression) implements Origin {
            @Override
            public String words() {
                return expression;
            }
        }
    }

    /** What a null does to the object. */
    public enum Nulls {
        /** It clears the field. */
        CLEAR,
        /** It leaves the value that is there. */
        KEEP
    }
}
