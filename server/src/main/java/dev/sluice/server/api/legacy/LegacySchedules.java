package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.json.JsonText;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Schedules as older clients write them: by hand, by an interval, or by a calendar in a time zone. */
final class LegacySchedules {
    private static final long MOST = 10_000;

    private LegacySchedules() {}

    /** The schedule that a client wishes; null if it says nothing of one. */
    static @Nullable Schedule read(Call call) {
        String type = call.text("scheduleType");
        if (type == null) {
            return call.body().get("schedule") instanceof Map<?, ?> interval ? every(interval) : null;
        }
        Map<String, @Nullable Object> data =
                JsonText.members(Objects.requireNonNullElse(call.body().get("scheduleData"), Map.of()));
        return switch (type) {
            case "manual" -> new Schedule.Manual();
            case "basic" -> every(data.get("basicSchedule"));
            case "cron" -> {
                Map<?, ?> cron = data.get("cron") instanceof Map<?, ?> members ? members : Map.of();
                if (!(cron.get("cronExpression") instanceof String expression)
                        || !(cron.get("cronTimeZone") instanceof String zone)) {
                    throw Refusal.typed(
                            400,
                            "Cron data is missing",
                            "error:cron-validation/missing-cron-data",
                            "a schedule of the type cron needs a cronExpression and a cronTimeZone");
                }
                yield new Schedule.Cron(expression, zone);
            }
            default -> throw Refusal.badRequest("scheduleType has to be manual, basic or cron");
        };
    }

    private static Schedule every(@Nullable Object interval) {
        if (interval instanceof Map<?, ?> members
                && members.get("units") instanceof Number units
                && members.get("timeUnit") instanceof String unit
                && units.longValue() >= 1
                && units.longValue() <= MOST) {
            for (Schedule.Unit each : Schedule.Unit.values()) {
                if (each.name().equalsIgnoreCase(unit)) {
                    return new Schedule.Every(units.longValue(), each);
                }
            }
        }
        throw Refusal.badRequest(
                "an interval has units from 1 to " + MOST + " and a timeUnit: minutes, hours, days, weeks or months");
    }

    /** Adds a schedule to an object. */
    static void show(Shown shown, Schedule schedule) {
        switch (schedule) {
            case Schedule.Manual() -> shown.with("scheduleType", "manual");
            case Schedule.Every(long count, Schedule.Unit unit) -> {
                Map<String, Object> interval =
                        Map.of("units", count, "timeUnit", unit.name().toLowerCase(Locale.ROOT));
                shown.with("scheduleType", "basic")
                        .with("scheduleData", Map.of("basicSchedule", interval))
                        .with("schedule", interval);
            }
            case Schedule.Cron(String expression, String zone) ->
                shown.with("scheduleType", "cron")
                        .with(
                                "scheduleData",
                                Map.of("cron", Map.of("cronExpression", expression, "cronTimeZone", zone)));
        }
    }
}
