package dev.sluice.connector.mysql.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What servers and the driver say is sorted by what somebody can do about it. */
class MyProblemsTest {
    @Test
    void anAccountThatIsNotThereIsNoLostConnection() {
        Problem problem = connecting(
                "Client does not support authentication protocol requested by server. plugin type was ="
                        + " 'sha256_password'",
                "08004",
                1251);

        assertThat(problem.code()).isEqualTo("E_AUTH_REFUSED");
        assertThat(problem.kind()).isEqualTo(ProblemKind.PERMISSION);
        assertThat(problem.fix()).contains("username");
    }

    @Test
    void aServerThatCannotBeReachedIsNoRefusal() {
        assertThat(connecting("Socket fail to connect", "08000", 0).code()).isEqualTo("E_UNREACHABLE");
        assertThat(connecting("Access denied for user", "28000", 1045).code()).isEqualTo("E_AUTH_REFUSED");
    }

    private static Problem connecting(String message, String state, int number) {
        return MyProblems.connecting(new SQLException(message, state, number), "db:3306")
                .problem();
    }
}
