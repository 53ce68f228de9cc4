package dev.sluice.cli.project;

import dev.sluice.spi.problem.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a project file that knows where it stands. */
sealed interface Yaml {
    /** Where the value begins. */
    Place place();

    /**
     * A text, number, truth value or null.
     *
     * @param value a String, Long, BigInteger, BigDecimal, Boolean or null
     */
    record Scalar(Place place, @Nullable Object value) implements Yaml {}

    /** A list. */
    record Sequence(Place place, List<Yaml> elements) implements Yaml {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A key with its value. */
    record Entry(Place keyPlace, String key, Yaml value) {}

    /** A mapping of names to values, in order. */
    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        public Mapping {
            entries = new LinkedHashMap<>(entries);
        }

        /** The value of a key; empty if it is missing or null. */
        Optional<Yaml> find(String key) {
            Entry entry = entries.get(key);
            return entry == null || entry.value().isNull() ? Optional.empty() : Optional.of(entry.value());
        }

        /** The value of a key that has to be there. */
        Yaml get(String key, String what) {
            return find(key)
                    .orElseThrow(
                            () -> place.problem(what + " needs `" + key + "`").exception());
        }

        /** The same mapping in which a key may also be spelled another way. */
        Mapping alsoKnownAs(String other, String key) {
            Entry entry = entries.get(other);
            if (entry == null) {
                return this;
            }
            Map<String, Entry> renamed = new LinkedHashMap<>(entries);
            renamed.remove(other);
            if (renamed.putIfAbsent(key, new Entry(entry.keyPlace(), key, entry.value())) != null) {
                throw entry.keyPlace()
                        .problem("`" + other + "` and `" + key + "` are the same setting")
                        .exception();
            }
            return new Mapping(place, renamed);
        }

        /** Refuses keys that nobody understands, with the one that was probably meant. */
        void requireKeys(String what, Collection<String> known) {
            for (Entry entry : entries.values()) {
                if (!known.contains(entry.key())) {
                    throw entry.keyPlace()
                            .problem("`" + entry.key() + "` is not a setting of " + what)
                            .because("its settings are " + String.join(", ", known))
                            .fix(NearNames.nearest(entry.key(), known)
                                    .map(near -> "did you mean `" + near + "`?")
                                    .orElse(null))
                            .exception();
                }
            }
        }
    }

    /** True if the value is null, written as such or left out. */
    default boolean isNull() {
        return this instanceof Scalar(Place ignored, Object value) && value == null;
    }

    /** The value as a mapping. */
    default Mapping mapping(String what) {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw wrong(what + " is a group of settings, each on a line of its own: `name: value`");
    }

    /** The value as text; a number or truth value is taken as it is written. */
    default String text(String what) {
        if (this instanceof Scalar(Place ignored, Object value) && value != null) {
            return String.valueOf(value);
        }
        throw wrong(what + " takes a text");
    }

    /** The value as one of some words. */
    default String word(String what, Collection<String> words) {
        String word = text(what);
        if (words.contains(word)) {
            return word;
        }
        throw place().problem("`" + word + "` is not a value of " + what)
                .because("its values are " + String.join(", ", words))
                .fix(NearNames.nearest(word, words)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse(null))
                .exception();
    }

    /** The value as a list of texts; a single text counts as a list of one. */
    default List<String> texts(String what) {
        if (!(this instanceof Sequence(Place ignored, List<Yaml> elements))) {
            return List.of(text(what));
        }
        List<String> texts = new ArrayList<>(elements.size());
        elements.forEach(element -> texts.add(element.text("each element of " + what)));
        return texts;
    }

    private RuntimeException wrong(String message) {
        return place().problem(message).exception();
    }
}
