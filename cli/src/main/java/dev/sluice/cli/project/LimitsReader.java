package dev.sluice.cli.project;

import dev.sluice.cli.text.Durations;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RunLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how patient the runs of a connection are. */
final class LimitsReader {
    private static final int MOST_RETRIES = 1000;

    private LimitsReader() {}

    static RunLimits read(Yaml.Mapping connection) {
        RetryLimits retries =
                connection.find("retries").map(LimitsReader::retries).orElse(RetryLimits.USUAL);
        Yaml.Mapping timeouts = connection
                .find("timeouts")
                .map(value -> value.mapping("`timeouts`"))
                .orElse(null);
        if (timeouts == null) {
            return RunLimits.USUAL.with(retries);
        }
        timeouts.requireKeys("`timeouts`", List.of("source", "destination", "run"));
        Duration source = duration(timeouts, "source");
        Duration destination = duration(timeouts, "destination");
        return new RunLimits(
                retries,
                source == null ? RunLimits.USUAL.sourceSilence() : source,
                destination == null ? RunLimits.USUAL.destinationSilence() : destination,
                duration(timeouts, "run"));
    }

    private static RetryLimits retries(Yaml value) {
        if (value instanceof Yaml.Scalar(Place ignored, Object number)
                && number instanceof Long retries
                && retries >= 0
                && retries <= MOST_RETRIES) {
            return RetryLimits.of(retries.intValue());
        }
        throw value.place()
                .problem("`retries` takes a number from 0 to " + MOST_RETRIES)
                .exception();
    }

    private static @Nullable Duration duration(Yaml.Mapping timeouts, String key) {
        return timeouts.find(key)
                .map(value -> Durations.parse(value.text("`" + key + "`"))
                        .orElseThrow(() -> value.place()
                                .problem("`" + key + "` takes a duration")
                                .fix("write for example `30s`, `10min`, `6h` or `3d`")
                                .exception()))
                .orElse(null);
    }
}
