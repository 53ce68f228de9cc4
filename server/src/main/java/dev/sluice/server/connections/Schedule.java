package dev.sluice.server.connections;

import java.util.Objects;

/** When a connection runs. */
public sealed interface Schedule {
    /** When somebody asks for it. */
    record Manual() implements Schedule {}

    /**
     * Again and again.
     *
     * @param count how many units lie between two runs
     * @param unit the unit
     */
    record Every(long count, Unit unit) implements Schedule {
        public Every {
            Objects.requireNonNull(unit);
            if (count < 1) {
                throw new IllegalArgumentException("no interval: " + count);
            }
        }
    }

    /**
     * At times of the calendar.
     *
     * @param expression the times, as Quartz writes them
     * @param zone the time zone that they are of
     */
    record Cron(String expression, String zone) implements Schedule {
        public Cron {
            Objects.requireNonNull(expression);
            Objects.requireNonNull(zone);
        }
    }

    /** What intervals are counted in. */
    enum Unit {
        /** 60 seconds. */
        MINUTES,
        /** 60 minutes. */
        HOURS,
        /** 24 hours. */
        DAYS,
        /** 7 days. */
        WEEKS,
        /** 30 days. */
        MONTHS
    }
}
