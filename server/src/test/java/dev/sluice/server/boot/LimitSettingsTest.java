package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.jobs.Limits;
import dev.sluice.spi.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many jobs a server is told to run at the same time. */
class LimitSettingsTest {
    @Test
    void eachLimitHasItsVariableAndItsUsualValue() {
        assertThat(LimitSettings.of(Map.of())).isEqualTo(Limits.USUAL);
        assertThat(LimitSettings.of(Map.of(
                        "SLUICE_JOBS", "40",
                        "SLUICE_LOOKS", " 7 ",
                        "SLUICE_JOBS_PER_WORKSPACE", "4",
                        "SLUICE_JOBS_PER_SOURCE", "2",
                        "SLUICE_JOBS_PER_DESTINATION", "3")))
                .isEqualTo(new Limits(40, 7, 4, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999"})
    void whatIsNoNumberOfJobsIsRefused(String told) {
        assertThatThrownBy(() -> LimitSettings.of(Map.of("SLUICE_JOBS_PER_WORKSPACE", told)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().toString())
                                .contains("E_SERVER_SETTING", "SLUICE_JOBS_PER_WORKSPACE"));
    }
}
