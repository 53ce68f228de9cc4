package dev.sluice.server.telemetry.otel;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of a server, sent from time to time. */
public final class SentNumbers {
    private SentNumbers() {}

    /** What sends them where the settings say. */
    public static MeterRegistry registry(OtelSettings settings) {
        return new OtlpMeterRegistry(new Told(settings), Clock.SYSTEM);
    }

    private record Told(OtelSettings settings) implements OtlpConfig {
        @Override
        public @Nullable String get(String key) {
            return null; // the usual
        }

        @Override
        public String url() {
            return settings.metricsUrl();
        }

        @Override
        public Map<String, String> headers() {
            return settings.headers();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            return settings.resource();
        }

        @Override
        public Duration step() {
            return Duration.ofMillis(settings.intervalMillis());
        }
    }
}
