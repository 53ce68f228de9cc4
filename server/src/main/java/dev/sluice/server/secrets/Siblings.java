package dev.sluice.server.secrets;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the place of each part of a value before. An element of a list is told by what of it is no secret; where
 * no other is the same, by its place, if the list has as many as before. Otherwise it is taken for a new one, so that no
 * secret moves to a neighbour when an element is removed. In long lists, elements are looked for near their places only.
 */
final class Siblings {
    private static final int NEAR = 200;

    private final @Nullable Object before;
    private final boolean samePlaces;
    private final Set<Integer> taken = new HashSet<>();
    private int place;

    Siblings(@Nullable Object given, @Nullable Object before) {
        this.before = before;
        this.samePlaces = given instanceof List<?> now && before instanceof List<?> old && now.size() == old.size();
    }

    /** What the member of this name was; null if there was none. */
    @Nullable
    Object member(String name) {
        return before instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** What the next element was; null if there was none, or nobody can tell which. */
    @Nullable
    Object next(@Nullable Object value) {
        int now = place++;
        if (!(before instanceof List<?> old)) {
            return null;
        }
        List<Integer> alike = IntStream.range(Math.max(0, now - NEAR), Math.min(old.size(), now + NEAR))
                .filter(i -> isLike(value, old.get(i)))
                .boxed()
                .toList();
        int found;
        if (samePlaces && (alike.isEmpty() || alike.contains(now))) {
            found = now;
        } else {
            found = alike.size() == 1 ? alike.getFirst() : -1;
        }
        return found >= 0 && taken.add(found) ? old.get(found) : null;
    }

    /** True if both are the same apart from secrets. */
    private static boolean isLike(@Nullable Object given, @Nullable Object kept) {
        if (Reference.isReference(kept)) {
            return true;
        }
        if (given instanceof Map<?, ?> now && kept instanceof Map<?, ?> old) {
            return now.keySet().equals(old.keySet())
                    && now.keySet().stream().allMatch(name -> isLike(now.get(name), old.get(name)));
        }
        if (given instanceof List<?> now && kept instanceof List<?> old) {
            return now.size() == old.size()
                    && IntStream.range(0, now.size()).allMatch(i -> isLike(now.get(i), old.get(i)));
        }
        return Objects.equals(given, kept);
    }
}
