package dev.sluice.engine.map;

import dev.sluice.engine.expr.Syntax;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One thing that a user wants to be done to the rows of a stream. */
public sealed interface MapperSpec {
    /** In words for people, without secrets. Another spec has other words, unless it differs in a secret only. */
    String words();

    /** The same with the references of its secrets resolved. */
    default MapperSpec resolved(UnaryOperator<String> references) {
        return this;
    }

    /** Its secret; null if it has none. */
    default @Nullable Secret secret() {
        return null;
    }

    /**
     * Puts a digest in the place of a value.
     *
     * @param field the field, which goes
     * @param method the digest
     * @param suffix what the name of the new field has behind that of the old one
     * @param key makes it a digest that nobody without the key can find by trying; null for a plain one
     */
    record Hash(
            String field,
            HashMethod method,
            String suffix,
            @Nullable Secret key) implements MapperSpec {
        /** The suffix where the user names none. */
        public static final String SUFFIX = "_hashed";

        @Override
        public String words() {
            return "hash " + field + " as " + field + suffix + " (" + (key == null ? "" : "keyed ") + method.key()
                    + ")";
        }

        @Override
        public MapperSpec resolved(UnaryOperator<String> references) {
            return new Hash(field, method, suffix, key == null ? null : key.resolved(references));
        }

        @Override
        public @Nullable Secret secret() {
            return key;
        }
    }

    /** Gives a field another name. */
    record Rename(String field, String to) implements MapperSpec {
        @Override
        public String words() {
            return "rename " + field + " to " + to;
        }
    }

    /** Leaves a field out. */
    record Remove(String field) implements MapperSpec {
        @Override
        public String words() {
            return "remove " + field;
        }
    }

    /**
     * Puts an encrypted value in the place of a value.
     *
     * @param field the field, which goes
     * @param suffix what the name of the new field has behind that of the old one
     * @param with how
     */
    record Encrypt(String field, String suffix, Encryption with) implements MapperSpec {
        /** The suffix where the user names none. */
        public static final String SUFFIX = "_encrypted";

        @Override
        public String words() {
            return "encrypt " + field + " as " + field + suffix + " (" + with.words() + ")";
        }

        @Override
        public MapperSpec resolved(UnaryOperator<String> references) {
            return new Encrypt(field, suffix, with.resolved(references));
        }

        @Override
        public Secret secret() {
            return with.key();
        }
    }

    /**
     * Keeps the rows for which a condition is true.
     *
     * @param text the condition as people read it; what is read where there is no tree
     * @param tree the condition; null to read it from the text
     */
    record Filter(String text, @Nullable Syntax tree) implements MapperSpec {
        @Override
        public String words() {
            return "keep rows where " + text;
        }
    }

    /**
     * Adds a field.
     *
     * @param field its name
     * @param value the expression that its values come of
     * @param replaces true if it takes the place of a field of this name
     */
    record Compute(String field, String value, boolean replaces) implements MapperSpec {
        @Override
        public String words() {
            return (replaces ? "replace " : "compute ") + field + " = " + value;
        }
    }

    /**
     * Keeps of documents only some paths.
     *
     * @param field the field with the documents
     * @param paths the names from the outside in, at least one path
     */
    record Select(String field, List<List<String>> paths) implements MapperSpec {
        public Select {
            Objects.requireNonNull(field);
            paths = paths.stream().map(List::copyOf).toList();
        }

        @Override
        public String words() {
            return "keep of " + field + " only "
                    + String.join(
                            ", ",
                            paths.stream().map(path -> String.join(".", path)).toList());
        }
    }
}
