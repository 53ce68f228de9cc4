package dev.sluice.server.notify;

import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.json.JsonText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When somebody is told of the rejected records of a stream, as its own settings say. */
final class RejectNotices {
    private RejectNotices() {}

    /** The limit beyond which somebody is told; empty if the settings of the stream say nothing of it. */
    static Optional<RejectLimit> of(ConnectionStream stream) {
        if (!(JsonText.object(stream.settings().text()).get("rejects") instanceof Map<?, ?> rules)) {
            return Optional.empty();
        }
        Double most = number(rules.get("notify"));
        Double percent = number(rules.get("notifyPercent"));
        return most == null && percent == null
                ? Optional.empty()
                : Optional.of(new RejectLimit(most == null ? null : (Long) most.longValue(), percent));
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value == null ? null : Double.valueOf(value.toString());
    }
}
