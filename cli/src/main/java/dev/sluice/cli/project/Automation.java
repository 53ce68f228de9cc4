package dev.sluice.cli.project;

import java.util.List;
import java.util.Objects;

/**
 * What a project file says for a server, which runs connections by itself.
 *
 * @param schedule when
 * @param tags what the connection is found by
 * @param notes what a person should know who runs it by hand, a sentence each
 */
public record Automation(Schedule schedule, List<String> tags, List<String> notes) {
    public Automation {
        Objects.requireNonNull(schedule);
        tags = List.copyOf(tags);
        notes = List.copyOf(notes);
    }

    /** When a connection runs. */
    public sealed interface Schedule {
        /** When somebody asks for it. */
        record Manual() implements Schedule {}

        /**
         * Again and again.
         *
         * @param count how many units lie between two runs
         * @param unit minutes, hours, days or weeks
         */
        record Every(long count, String unit) implements Schedule {}

        /**
         * At times of the calendar.
         *
         * @param expression the times, as Quartz writes them
         * @param zone the time zone that they are of
         */
        record Cron(String expression, String zone) implements Schedule {}
    }
}
