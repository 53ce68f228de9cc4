package dev.sluice.server.timeline;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asked for what is being done. Nobody did where the server does something by itself.
 *
 * @param accountId the account; null where no login is needed
 * @param name how people call them
 */
public record Author(@Nullable UUID accountId, String name) {
    /** The author of what this thread does. */
    public static final ScopedValue<Author> CURRENT = ScopedValue.newInstance();

    static Optional<Author> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
