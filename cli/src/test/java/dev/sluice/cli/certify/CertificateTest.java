package dev.sluice.cli.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.kit.Kit;
import dev.sluice.cli.output.Json;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Redactor;
import dev.sluice.engine.certify.ContractSuites.Finding;
import dev.sluice.engine.certify.ContractSuites.Findings;
import dev.sluice.engine.certify.ContractSuites.Verdict;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is certified says what it means, and nothing that was not tried counts as kept. */
class CertificateTest {
    private static final Finding KEPT = new Finding("Reading", "all rows come", Verdict.KEPT, null);
    private static final Finding UNTRIED = new Finding("Reading", "a b", Verdict.NOT_CHECKED, "it has | no <rows>");
    private static final Finding BROKEN = new Finding("Committing", "rows stay", Verdict.BROKEN, "3 rows are gone");

    private static Certificate certificate(Certificate.Cuts cuts, @Nullable String guarantee, Finding... findings) {
        return new Certificate(
                new Candidate("lake", guarantee != null, "lake"),
                new Findings(List.of(findings), Map.of("rows are merged", "it says so"), List.of("a note")),
                cuts,
                guarantee);
    }

    private static String shown(Certificate certificate) {
        return certificate.lines().stream()
                .map(line -> line.render(Look.BARE, new Redactor()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aGuaranteeIsOnlyShownByRunsThatWereKilled() {
        Certificate untried = certificate(Certificate.Cuts.none("--no-cuts"), "exactly once", KEPT, UNTRIED);
        assertThat(untried.holds()).isTrue();
        assertThat(shown(untried)).contains("no run was killed, so it is not shown", "1 kept, 0 broken, 1 not checked");
        Certificate tried = certificate(new Certificate.Cuts(9, 0, 1, 0, null), "exactly once", KEPT);
        assertThat(shown(tried)).contains("shown by runs that were killed at 9 places", "not: rows are merged");
        assertThat(shown(certificate(new Certificate.Cuts(9, 0, 1, 0, null), null, KEPT)))
                .contains("each row once");
    }

    @Test
    void whatIsBrokenIsSaidFirst() {
        Certificate broken = certificate(new Certificate.Cuts(3, 1, 0, 0, null), "exactly once", KEPT, BROKEN);
        assertThat(broken.holds()).isFalse();
        assertThat(broken.summary()).isEqualTo("destination lake breaks 2 promises");
        assertThat(shown(broken)).contains("is said, and not kept", "Committing: rows stay - 3 rows are gone");
        assertThat(broken.markdown()).contains("| Committing | rows stay | broken | 3 rows are gone |");
    }

    @Test
    void thePageAndTheFactsHaveEachPromise() {
        Certificate certificate = certificate(Certificate.Cuts.none("why not"), null, KEPT, UNTRIED);
        assertThat(certificate.markdown()).contains("it has \\| no &lt;rows>", "- a note", "not tried: why not");
        assertThat(Json.line(certificate.facts()))
                .contains(
                        "\"holds\":true", "\"verdict\":\"not_checked\"", "\"why\":\"why not\"", "\"rows are merged\"");
    }

    @Test
    void namesSayWhatIsMeant() {
        try (ConnectorRegistry none = ConnectorRegistry.ofClassPath(new ClassLoader(null) {})) {
            assertThat(Candidate.of("command:python3  a.py --x", true, none))
                    .isEqualTo(new Candidate(
                            "command:python3  a.py --x", true, Map.of("command", List.of("python3", "a.py", "--x"))));
            assertThat(Candidate.of("pypi:airbyte-x==1", false, none).connector())
                    .isEqualTo(Map.of("pypi", "airbyte-x==1"));
            assertThat(Candidate.of("destination-lake", false, none).destination())
                    .isTrue();
            assertThat(Candidate.of("source-lake", true, none).destination()).isFalse();
        }
    }

    @Test
    void badConfigurationsAreMadeOfTheSpec() {
        String spec = """
            {"type": "object", "required": ["url", "token"], "properties": {
              "url": {"type": "string"}, "token": {"type": "string", "airbyte_secret": true}, "size": {"type": "integer"}}}
            """;
        BadConfigs bad = BadConfigs.of(spec, Config.of(Map.of("url", "u", "token", "t")));
        assertThat(bad.wrong().keySet()).contains("without url", "without token", "size is a text", "url is an object");
        assertThat(bad.hostile().keySet())
                .contains("url is very large", "token has control characters", "size is null");
        assertThat(bad.wrong().get("without url")).extracting(Config::values).isEqualTo(Map.of("token", "t"));
    }

    @Test
    void whoHasNoSuitesIsToldSo() {
        Kit none = new Kit(Path.of("none"), Path.of("none"), Map.of());
        assertThatThrownBy(() -> Suites.load(none, ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("without the contract suites");
    }
}
