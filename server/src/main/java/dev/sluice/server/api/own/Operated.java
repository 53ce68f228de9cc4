package dev.sluice.server.api.own;

import dev.sluice.server.api.Shapes;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.notify.Delivery;
import dev.sluice.server.notify.NotificationSettings;
import dev.sluice.server.telemetry.Metrics;
import java.time.Clock;

/**
 * What these routes are about beside the features of the public API.
 *
 * @param changes what has changed in sources
 * @param settings what workspaces have set for their messages
 * @param delivery what sends messages
 * @param metrics the numbers of the server
 * @param shapes what all routes take and give
 * @param clock the time
 */
public record Operated(
        SchemaChanges changes,
        NotificationSettings settings,
        Delivery delivery,
        Metrics metrics,
        Shapes shapes,
        Clock clock) {}
