package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.Access;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.scheduler.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** When a schedule would run, before anything has it: by the rules that will run it. */
final class ScheduleRoutes {
    private static final int MOST = 50;

    private final Places places;
    private final Clock clock;

    ScheduleRoutes(Places places, Clock clock) {
        this.places = places;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/workspaces/{workspaceId}/schedule_times", "getScheduleTimes", "Schedules")
                .needs(Access.READ, places.workspaceInPath())
                .parameter("cron", "string")
                .parameter("zone", "string")
                .parameter("count", "integer")
                .gives("ScheduleTimes")
                .by(this::times));
    }

    private Answer times(Call call) {
        String cron = call.parameter("cron");
        String zone = Objects.requireNonNullElse(call.parameter("zone"), "UTC");
        Schedule schedule = cron == null ? new Schedule.Manual() : new Schedule.Cron(cron, zone);
        Times.require(schedule);
        Instant now = clock.instant();
        int count = Asked.number(call, "count", 5, 1, MOST);
        List<String> times = Times.next(schedule, null, now, now, count).stream()
                .map(Instant::toString)
                .toList();
        return Answer.json(Map.of("times", times));
    }
}
