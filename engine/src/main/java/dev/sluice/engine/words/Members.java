package dev.sluice.engine.words;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object whose members are looked for one by one.
 *
 * @param what what it is, for messages
 * @param where the stream that it belongs to
 * @param map its members
 */
record Members(String what, String where, Map<?, ?> map) {
    static Members of(String what, String where, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(where, what + " has to be an object");
        }
        return new Members(what, where, map);
    }

    /** Refuses members of other names: what is not understood must not be left out. */
    Members only(Collection<String> names) {
        for (Object name : map.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw wrong(where, what + " knows no " + name + ", but " + String.join(", ", names));
            }
        }
        return this;
    }

    Optional<Object> find(String name) {
        return Optional.ofNullable(map.get(name));
    }

    Optional<String> findText(String name) {
        return find(name).map(Object::toString);
    }

    String text(String name) {
        return findText(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong(where, what + " needs a " + name));
    }

    /** A text that is one of some; the first if there is none. */
    String word(String name, Collection<String> words) {
        String word = findText(name).orElse(words.iterator().next());
        if (!words.contains(word)) {
            throw wrong(where, name + " of " + what + " is one of " + String.join(", ", words) + ", and not " + word);
        }
        return word;
    }

    boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!(value instanceof Boolean flag)) {
                        throw wrong(where, name + " of " + what + " has to be true or false");
                    }
                    return flag;
                })
                .orElse(false);
    }

    List<?> list(String name) {
        return list(map.get(name), name);
    }

    private List<?> list(@Nullable Object value, String name) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw wrong(where, name + " of " + what + " has to be a list");
        };
    }

    List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        list(name).forEach(each -> objects.add(of("each of " + name, where, each)));
        return objects;
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    /** Lists of names, each the way to a field from the outside in. */
    List<List<String>> paths(String name) {
        List<List<String>> paths = new ArrayList<>();
        for (Object path : list(name)) {
            List<String> names = list(path, name).stream().map(String::valueOf).toList();
            if (names.isEmpty()) {
                throw wrong(where, name + " of " + what + " has to name fields");
            }
            paths.add(names);
        }
        return paths;
    }

    ProblemException wrong(String why) {
        return wrong(where, why);
    }

    static ProblemException wrong(String where, String why) {
        return Problem.of("E_STREAM_SETTINGS", ProblemKind.CONFIG, "the settings of a stream do not make sense")
                .at(where)
                .because(why)
                .fix("change the settings of the stream")
                .exception();
    }
}
