package dev.sluice.spi.source;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one read of a stream is divided. Plain data: the engine stores it before the first row is read and hands it back
 * after an interruption.
 *
 * @param token what the source needs to remember of the whole read, such as its snapshot; opaque to everybody else
 * @param splits the parts; none if there is nothing to read
 * @param end the stream's position once all splits are committed; null if the stream cannot go on incrementally, or if the source
 *     learns it by reading and says it in {@link Source#end}
 */
public record ReadPlan(
        String token, List<Split> splits, @Nullable Position end) {
    public ReadPlan {
        Objects.requireNonNull(token);
        splits = List.copyOf(splits);
        Set<String> seen = HashSet.newHashSet(splits.size());
        for (Split split : splits) {
            if (!seen.add(split.id())) {
                throw new IllegalArgumentException("two splits have the id " + split.id());
            }
        }
    }
}
