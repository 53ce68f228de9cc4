package dev.sluice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.certify.ContractSuites;
import dev.sluice.engine.certify.ContractSuites.Finding;
import dev.sluice.engine.certify.ContractSuites.Findings;
import dev.sluice.engine.certify.ContractSuites.Subject;
import dev.sluice.engine.certify.ContractSuites.Verdict;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.source.Source;
import dev.sluice.testkit.certify.JUnitSuites;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The suites run outside of a build tool, tell right connectors from wrong ones, and say what they could not see. */
class CertifyTest {
    private final ContractSuites suites = new JUnitSuites();
    private final List<Finding> heard = new ArrayList<>();

    private Findings source(SourceFault fault) {
        MemorySourceFixture fixture = new MemorySourceFixture(fault, false);
        StandardTable.create(fixture, 120);
        Subject<Source> subject = new Subject<>(
                fixture::open,
                Map.of(),
                Map.of("a wrong place", fixture.misconfigured().getFirst().open()),
                Set.of());
        return suites.source(subject, null, 1_000, heard::add);
    }

    private Findings destination() {
        MemoryDestinationFixture fixture = new MemoryDestinationFixture(DestinationFault.NONE);
        Subject<Destination> subject = new Subject<>(fixture::open, Map.of(), Map.of(), Set.of());
        return suites.destination(subject, "scratch_1", heard::add);
    }

    private static List<Finding> broken(Findings findings) {
        return findings.all().stream()
                .filter(finding -> finding.verdict() == Verdict.BROKEN)
                .toList();
    }

    @Test
    void aRightSourceIsCertified() {
        Findings findings = source(SourceFault.NONE);
        assertThat(broken(findings)).isEmpty();
        assertThat(findings.all()).hasSizeGreaterThan(30).isEqualTo(heard);
        assertThat(findings.all())
                .anyMatch(finding -> finding.group().equals("Splitting") && finding.verdict() == Verdict.KEPT)
                .anyMatch(finding -> finding.group().equals("Hostile") && finding.verdict() == Verdict.KEPT)
                .anyMatch(finding -> finding.verdict() == Verdict.NOT_CHECKED && finding.why() != null);
        assertThat(findings.notes()).isNotEmpty();
    }

    @Test
    void aWrongSourceIsNot() {
        assertThat(broken(source(SourceFault.IGNORES_SELECTION)))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.why()).isNotBlank());
    }

    @Test
    void aDestinationThatOnlyWritesIsHeldAgainstWhatItSays() {
        Findings right = destination();
        assertThat(broken(right)).isEmpty();
        assertThat(right.notes()).anyMatch(note -> note.contains("cannot read back"));
    }
}
