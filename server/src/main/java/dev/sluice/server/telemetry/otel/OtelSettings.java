package dev.sluice.server.telemetry.otel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where traces and numbers go, by the variables that OpenTelemetry has laid down ({@code OTEL_…}).
 *
 * @param variables these variables
 */
public record OtelSettings(Map<String, String> variables) {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public OtelSettings {
        variables = Map.copyOf(variables);
    }

    /** Those of an environment. */
    public static OtelSettings of(Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> !name.startsWith("OTEL_"));
        return new OtelSettings(own);
    }

    /** True if traces go somewhere. */
    public boolean traces() {
        return goes("TRACES");
    }

    /** True if numbers go somewhere. */
    public boolean metrics() {
        return goes("METRICS");
    }

    private boolean goes(String signal) {
        boolean isOff = "true".equalsIgnoreCase(variables.get("OTEL_SDK_DISABLED"));
        String exporter = variables.get("OTEL_" + signal + "_EXPORTER");
        boolean isNamed =
                variables.containsKey(ENDPOINT) || variables.containsKey("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
        return !isOff && (exporter == null ? isNamed : exporter.contains("otlp"));
    }

    /** Where the numbers go. */
    String metricsUrl() {
        String own = variables.get("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        String base = Objects.requireNonNullElse(variables.get(ENDPOINT), "http://localhost:4318");
        return own == null ? base.replaceAll("/+$", "") + "/v1/metrics" : own;
    }

    /** What is shown there. */
    Map<String, String> headers() {
        return pairs("OTEL_EXPORTER_OTLP_HEADERS");
    }

    /** What this server is called, and what else is said of it. */
    Map<String, String> resource() {
        Map<String, String> resource = new HashMap<>(Map.of("service.name", "sluice"));
        resource.putAll(pairs("OTEL_RESOURCE_ATTRIBUTES"));
        String name = variables.get("OTEL_SERVICE_NAME");
        if (name != null) {
            resource.put("service.name", name);
        }
        return resource;
    }

    /** How often numbers are sent, in milliseconds. */
    long intervalMillis() {
        String told = variables.getOrDefault("OTEL_METRIC_EXPORT_INTERVAL", "60000");
        return told.matches("\\d{1,9}") && Long.parseLong(told) > 0 ? Long.parseLong(told) : 60_000;
    }

    /** The same as properties, as the library reads them. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of("otel.exporter.otlp.protocol", "http/protobuf"));
        properties.put("otel.service.name", "sluice");
        variables.forEach(
                (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return properties;
    }

    private Map<String, String> pairs(String variable) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : variables.getOrDefault(variable, "").split(",", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                pairs.put(parts[0].strip(), parts[1].strip());
            }
        }
        return pairs;
    }

    @Override
    public String toString() {
        return "OtelSettings of " + variables.keySet();
    }
}
