package dev.sluice.server.notify;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.workspaces.Workspace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a workspace wants to be told what; the occasions as the public API has them. */
public final class Wishes {
    private static final String EMAIL = "email";
    private static final String WEBHOOK = "webhook";
    private static final String ENABLED = "enabled";

    private final Map<String, @Nullable Object> occasions;
    private final @Nullable String address;
    private final long rejected;

    private Wishes(Map<String, @Nullable Object> occasions, @Nullable String address, long rejected) {
        this.occasions = occasions;
        this.address = address;
        this.rejected = rejected;
    }

    /** Those of a workspace. */
    public static Wishes of(Workspace workspace) {
        Object threshold = JsonText.object(workspace.settings().more().text()).get(NotificationSettings.REJECTED);
        return new Wishes(
                JsonText.object(workspace.settings().notifications().text()),
                workspace.settings().email(),
                threshold instanceof Number number ? number.longValue() : 1);
    }

    /** How many rejected records in a run are worth a message. */
    long rejected() {
        return rejected;
    }

    /** True if somebody is to be told of this in this way. */
    public boolean wants(Occasion occasion, Channel channel) {
        return target(occasion, channel) != null;
    }

    /** Where a message goes; null for nowhere. */
    @Nullable
    String target(Occasion occasion, Channel channel) {
        Map<String, @Nullable Object> its = members(occasions.get(occasion.key()));
        return switch (channel) {
            case WEBHOOK -> {
                Map<String, @Nullable Object> webhook = members(its.get(WEBHOOK));
                yield Boolean.TRUE.equals(webhook.get(ENABLED)) && webhook.get("url") instanceof String url
                        ? url
                        : null;
            }
            case EMAIL -> {
                Object enabled = members(its.get(EMAIL)).get(ENABLED);
                yield Boolean.TRUE.equals(enabled == null ? (Object) occasion.isMailed() : enabled) ? address : null;
            }
        };
    }

    private static Map<String, @Nullable Object> members(@Nullable Object value) {
        return value instanceof Map<?, ?> ? JsonText.members(value) : Map.of();
    }
}
