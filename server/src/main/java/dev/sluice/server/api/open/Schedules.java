package dev.sluice.server.api.open;

import dev.sluice.server.api.Refusal;
import dev.sluice.server.connections.Schedule;
import dev.sluice.server.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Schedules as the public API writes them: Quartz, with the time zone behind; UTC if there is none. */
final class Schedules {
    private static final String UTC = "UTC";
    private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*?/,#-]{1,100}");
    /** No field of an expression has a letter before a slash, so a place behind it is a time zone. */
    private static final Pattern PLACE = Pattern.compile("[A-Za-z_]+/[A-Za-z0-9_/+-]+");

    private static final Pattern SECOND = Pattern.compile("[0-5]?\\d");

    private Schedules() {}

    /** The schedule that a client wishes. */
    static Schedule read(Object wish) {
        Map<String, @Nullable Object> members = JsonText.members(wish);
        String type = String.valueOf(members.get("scheduleType")).toLowerCase(Locale.ROOT);
        return switch (type) {
            case "manual" -> new Schedule.Manual();
            case "cron" -> {
                if (!(members.get("cronExpression") instanceof String text) || text.isBlank()) {
                    throw Refusal.typed(
                            400,
                            "Cron data is missing",
                            "error:cron-validation/missing-cron-data",
                            "a schedule of the type cron needs a cronExpression");
                }
                yield cron(text);
            }
            default -> throw Refusal.badRequest("scheduleType has to be manual or cron");
        };
    }

    private static Schedule cron(String text) {
        String expression = expression(text);
        String zone = UTC;
        int last = expression.lastIndexOf(' ');
        if (last > 0 && PLACE.matcher(expression.substring(last + 1)).matches()) {
            zone = expression.substring(last + 1);
            expression = expression.substring(0, last).strip();
        }
        List<String> fields = List.of(expression.split("\\s+", -1));
        boolean isPlain = (fields.size() == 6 || fields.size() == 7)
                && fields.stream().allMatch(field -> FIELD.matcher(field).matches())
                && SECOND.matcher(fields.getFirst()).matches();
        if (!isPlain) {
            throw Refusal.typed(
                    400,
                    "Invalid cron expression",
                    "error:cron-validation/invalid-expression",
                    "a cron expression has 6 or 7 fields, as Quartz writes them, and begins with a plain second");
        }
        return new Schedule.Cron(expression, zone);
    }

    /** The times alone. */
    static String expression(String text) {
        String stripped = text.strip();
        return stripped.endsWith(" " + UTC)
                ? stripped.substring(0, stripped.length() - UTC.length()).strip()
                : stripped;
    }

    /**
     * A schedule as answers show it.
     *
     * @param sent the text of a client, which compares; null if the schedule was made elsewhere
     */
    static Map<String, Object> shown(Schedule schedule, @Nullable String sent) {
        return switch (schedule) {
            case Schedule.Manual() -> Map.of("scheduleType", "manual");
            case Schedule.Every(long count, Schedule.Unit unit) ->
                Map.of("scheduleType", "basic", "basicTiming", "Every " + count + " " + unit);
            case Schedule.Cron(String expression, String zone) -> {
                boolean isSame =
                        sent != null && zone.equals(UTC) && expression(sent).equals(expression);
                yield Map.of("scheduleType", "cron", "cronExpression", isSame ? sent : expression + " " + zone);
            }
        };
    }
}
