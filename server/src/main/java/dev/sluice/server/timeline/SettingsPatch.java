package dev.sluice.server.timeline;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Schedule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was changed in the settings of a connection: each field with its value before and after. */
final class SettingsPatch {
    private SettingsPatch() {}

    static Map<String, Object> between(Connection before, Connection after) {
        Map<String, @Nullable Object> old = members(before);
        Map<String, Object> patch = new LinkedHashMap<>();
        members(after).forEach((name, value) -> {
            Object was = old.get(name);
            if (!Objects.equals(was, value)) {
                Map<String, @Nullable Object> change = new LinkedHashMap<>();
                change.put("from", was);
                change.put("to", value);
                patch.put(name, change);
            }
        });
        return patch;
    }

    private static Map<String, @Nullable Object> members(Connection connection) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", connection.name());
        switch (connection.settings().schedule()) {
            case Schedule.Manual() -> {
                members.put("scheduleType", "manual");
                members.put("scheduleData", null);
            }
            case Schedule.Every(long count, Schedule.Unit unit) -> {
                members.put("scheduleType", "basic");
                members.put("scheduleData", count + " " + word(unit));
            }
            case Schedule.Cron(String expression, String zone) -> {
                members.put("scheduleType", "cron");
                members.put("scheduleData", expression + " " + zone);
            }
        }
        members.put("namespaceDefinition", word(connection.settings().naming().definition()));
        members.put("namespaceFormat", connection.settings().naming().format());
        members.put("prefix", connection.settings().naming().prefix());
        members.put(
                "nonBreakingChangesPreference",
                word(connection.settings().schemaRules().reaction()));
        members.put("backfillPreference", connection.settings().schemaRules().backfill() ? "enabled" : "disabled");
        members.put("notifySchemaChanges", connection.settings().schemaRules().notifies());
        return members;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
