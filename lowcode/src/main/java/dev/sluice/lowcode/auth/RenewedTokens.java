package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps configurations with tokens that a service has renewed: one that can be used once is lost if its successor is. */
public final class RenewedTokens {
    private RenewedTokens() {}

    /** Hands them to the host; if that cannot keep them the run goes on, and says so. */
    public static Consumer<Map<Object, Object>> keptBy(ConnectorContext context) {
        return renewed -> {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            renewed.forEach((option, value) -> plain.put(String.valueOf(option), Values.toPlain(value)));
            try {
                context.configChanged(Config.of(plain));
            } catch (ProblemException notKept) {
                context.log(
                        Level.WARNING,
                        "a new token could not be kept for the next run: "
                                + notKept.problem().message());
            }
        };
    }
}
