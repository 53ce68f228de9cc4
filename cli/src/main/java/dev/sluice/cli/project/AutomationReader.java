package dev.sluice.cli.project;

import dev.sluice.cli.project.Automation.Schedule;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is for a server. */
final class AutomationReader {
    private static final Pattern EVERY =
            Pattern.compile("([1-9][0-9]{0,5})\\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)");
    private static final Map<Character, String> UNITS = Map.of('m', "minutes", 'h', "hours", 'd', "days", 'w', "weeks");

    private AutomationReader() {}

    static Automation read(Yaml.Mapping settings) {
        List<String> tags =
                settings.find("tags").map(value -> value.texts("`tags`")).orElse(List.of());
        Schedule schedule =
                settings.find("schedule").map(AutomationReader::schedule).orElseGet(Schedule.Manual::new);
        List<String> notes = schedule instanceof Schedule.Manual
                ? List.of()
                : List.of("the schedule in the file is for a server; this command runs once, now");
        return new Automation(schedule, tags, notes);
    }

    private static Schedule schedule(Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            value.word("`schedule`", List.of("manual"));
            return new Schedule.Manual();
        }
        mapping.requireKeys("a schedule", List.of("cron", "timezone", "every"));
        if (mapping.find("every").isEmpty()) {
            return new Schedule.Cron(
                    mapping.get("cron", "a schedule").text("`cron`"),
                    mapping.find("timezone")
                            .map(zone -> zone.text("`timezone`"))
                            .orElse("UTC"));
        }
        if (mapping.find("cron").isPresent()) {
            throw value.place()
                    .problem("a schedule has either `cron` or `every`")
                    .exception();
        }
        Yaml every = mapping.get("every", "a schedule");
        Matcher matcher = EVERY.matcher(every.text("`every`").strip());
        if (!matcher.matches()) {
            throw every.place()
                    .problem("`every` takes a number and a unit")
                    .fix("write for example `30min`, `6h`, `1d` or `2w`")
                    .exception();
        }
        String unit = UNITS.get(matcher.group(2).charAt(0));
        return new Schedule.Every(Long.parseLong(matcher.group(1)), String.valueOf(unit));
    }
}
