package dev.sluice.spi.workbench;

import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a definition.
 *
 * @param findings what is wrong or doubtful, in the order of the text
 * @param streams the streams that it names, as far as they can be told
 * @param spec the options of the connector as a JSON schema; empty if they cannot be told
 */
public record Checked(List<Finding> findings, List<FoundStream> streams, Optional<String> spec) {
    /** Copies the lists. */
    public Checked {
        findings = List.copyOf(findings);
        streams = List.copyOf(streams);
    }

    /** True if nothing keeps it from being used. */
    public boolean isUsable() {
        return findings.stream().noneMatch(Finding::isError);
    }
}
