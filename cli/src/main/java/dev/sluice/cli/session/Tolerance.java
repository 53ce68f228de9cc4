package dev.sluice.cli.session;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many rejected records a run may have. */
public final class Tolerance {
    /** Any number. */
    public static final Tolerance ANY = new Tolerance(null, null);

    private final @Nullable Long most;
    private final @Nullable Double percent;

    private Tolerance(@Nullable Long most, @Nullable Double percent) {
        this.most = most;
        this.percent = percent;
    }

    /** Reads a number, such as {@code 10}, or a share, such as {@code 0.5%}; empty if the text is neither. */
    public static Optional<Tolerance> parse(String text) {
        try {
            if (text.endsWith("%")) {
                double percent = Double.parseDouble(text.substring(0, text.length() - 1));
                return percent >= 0 && percent <= 100 ? Optional.of(new Tolerance(null, percent)) : Optional.empty();
            }
            long most = Long.parseLong(text);
            return most >= 0 ? Optional.of(new Tolerance(most, null)) : Optional.empty();
        } catch (NumberFormatException neither) {
            return Optional.empty();
        }
    }

    /** True if so many rejected records among so many are too many. */
    public boolean isExceeded(long rejected, long read) {
        if (most != null) {
            return rejected > most;
        }
        return percent != null && rejected * 100.0 > percent * read;
    }

    /** The limit in words. */
    public String words() {
        if (most != null) {
            return "at most " + most;
        }
        return percent == null ? "any number" : "at most " + Objects.requireNonNull(percent) + "%";
    }
}
