package dev.sluice.testkit.mysql;

/**
 * An account that may log in with a password.
 *
 * @param user the name of the account
 * @param password its password, made up for the tests
 */
public record MyLogin(String user, String password) {
    /** The name only: tests look for passwords in messages, and theirs must not add one. */
    @Override
    public String toString() {
        return "MyLogin[" + user + "]";
    }
}
