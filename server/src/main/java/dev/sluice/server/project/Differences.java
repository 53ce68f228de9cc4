package dev.sluice.server.project;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.project.Change.Difference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what differs between two values as JSON has them: objects member by member, everything else as a whole. */
final class Differences {
    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(@Nullable Object before, @Nullable Object after) {
        Differences differences = new Differences();
        differences.compare("", plain(before), plain(after));
        return differences.found;
    }

    /** True if both say the same; for what is secret and must not be told. */
    static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(plain(one), plain(other));
    }

    /** The value as it is read back, so that numbers and maps of all kinds compare. */
    private static @Nullable Object plain(@Nullable Object value) {
        return JsonText.read(JsonText.write(value));
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            Set<Object> names = new LinkedHashSet<>(old.keySet());
            names.addAll(now.keySet());
            for (Object name : names) {
                compare(path.isEmpty() ? name.toString() : path + "." + name, old.get(name), now.get(name));
            }
        } else if (!Objects.equals(before, after)) {
            found.add(new Difference(path, before, after));
        }
    }
}
