package dev.sluice.testkit.postgres;

/**
 * A role that may log in with a password.
 *
 * @param user the name of the role
 * @param password its password, made up for the tests
 */
public record PostgresLogin(String user, String password) {
    /** The name only: tests look for passwords in messages, and theirs must not add one. */
    @Override
    public String toString() {
        return "PostgresLogin[" + user + "]";
    }
}
