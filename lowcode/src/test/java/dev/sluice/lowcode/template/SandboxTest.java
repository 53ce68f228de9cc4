package dev.sluice.lowcode.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come from anybody: none of them may run for ever, fill the memory, or reach the program. */
class SandboxTest {
    private final Templates templates = new Templates(Clock.systemUTC());
    private final Scope scope = Scope.of(Map.of("text", "a".repeat(40) + "!"), Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 100000000 }}",
                "{{ 9 ** 999999 }}",
                "{{ config.text | regex_search('(?:(a+)\\\\1?)+$') }}",
                "{% set l = ['aaaaaaaaaaaaaaaa'] %}{% for a in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% set x ="
                        + " l.extend(l) %}{% endfor %}",
                "{% for a in config.text %}{% for b in config.text %}{% for c in config.text %}{% for d in config.text"
                        + " %}{% for e in config.text %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
                "{{ 'x'.zfill(999999999) }}",
                "{{ 'aaaaaaaaaaaaaaaaaaaaaaaa'.replace('a', 'b' * 1000000) }}",
            })
    void whatTakesTooMuchIsStopped(String template) {
        assertThatThrownBy(() -> templates.value(template, scope))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_TEMPLATE"));
    }

    @Test
    void deepNestingIsRefusedWhenItIsRead() {
        String deep = "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}";
        assertThatThrownBy(() -> templates.check(deep)).isInstanceOf(ProblemException.class);
        String blocks = "{% if 1 %}".repeat(500) + "{% endif %}".repeat(500);
        assertThatThrownBy(() -> templates.check(blocks)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ config.getClass() }}",
                "{{ config.class.name }}",
                "{{ ''.getBytes() }}",
                "{{ now_utc().local() }}"
            })
    void nothingOfTheProgramCanBeReached(String template) {
        assertThatThrownBy(() -> templates.value(template, scope)).isInstanceOf(ProblemException.class);
    }

    @Test
    void theOldStateIsRefusedWithAnAdvice() {
        assertThatThrownBy(() -> templates.check("{{ stream_state.x }}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().why()).contains("stream_interval"));
    }

    @Test
    void aMistakeSaysWhereItStands() {
        assertThatThrownBy(() -> templates.check("{{ config. }}"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().why())
                                .isEqualTo("a name is expected, not the end (character 12)"));
    }

    @Test
    void aTokenIsNoNumber() {
        assertThat(templates.exact("{{ config.token }}", Scope.of(Map.of("token", "1234e5"), Map.of())))
                .isEqualTo("1234e5");
    }
}
