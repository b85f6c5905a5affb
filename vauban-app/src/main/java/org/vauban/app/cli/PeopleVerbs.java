package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.hub.Hub;
import org.vauban.people.Account;
import org.vauban.people.AccountId;
import org.vauban.people.People.Invitation;
import org.vauban.people.People.Session;
import org.vauban.people.Role;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init}, {@code user}, {@code login}, {@code logout}: who may act. Secrets are asked for, never taken from the arguments. */
final class PeopleVerbs {
    private PeopleVerbs() {}

    static List<Branch> users() {
        return List.of(
                Branch.verb("claim", () -> new Claim()),
                Branch.verb("add", () -> new Add()),
                Branch.verb("list", () -> new ListAccounts()),
                Branch.verb("close", () -> new Close()));
    }

    /** Makes HOME and prints the one-time token of its first administrator. */
    static final class Init extends HubVerb {
        @Override
        protected boolean makesHome() {
            return true;
        }

        @Override
        protected Answer act(Hub hub, Call call) {
            Invitation first = hub.firstAdministrator()
                    .orElseThrow(() -> Problem.of(ProblemCode.OUTPUT_EXISTS)
                            .expected(call.words().say("init.expected"))
                            .found(home.home(call))
                            .exception());
            return invited(first, call);
        }
    }

    static Answer invited(Invitation invitation, Call call) {
        return Answer.of(
                Answer.document(
                        "account", invitation.account().value(),
                        "one_time_token", invitation.oneTimeToken(),
                        "ends", invitation.ends().toString()),
                call.words().say("user.invited", invitation.account(), invitation.ends()),
                "  " + invitation.oneTimeToken(),
                call.words().say("user.invited.next"));
    }

    static final class Claim extends HubVerb {
        @Parameters(paramLabel = "LOGIN", descriptionKey = "LOGIN")
        String login = "";

        @Option(names = "--invitation-file", paramLabel = "FILE")
        Optional<Path> invitationFile = Optional.empty();

        @Option(names = "--password-file", paramLabel = "FILE")
        Optional<Path> passwordFile = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            char[] invitation = Secrets.ask(call, invitationFile, "secret.invitation");
            char[] password = Secrets.ask(call, passwordFile, "secret.new-password");
            AccountId account = hub.people().claim(new String(invitation).strip(), login, password);
            Arrays.fill(invitation, ' ');
            return Answer.of(
                    Answer.document("account", account.value(), "login", login),
                    call.words().say("user.claimed", account, login));
        }
    }

    static final class Add extends HubVerb {
        @Option(names = "--name", paramLabel = "TEXT", required = true)
        String name = "";

        @Option(names = "--role", paramLabel = "ROLE", required = true, split = ",")
        List<String> roles = List.of();

        @Override
        protected Answer act(Hub hub, Call call) {
            Set<Role> wanted = EnumSet.noneOf(Role.class);
            for (String word : roles) {
                wanted.add(Role.named(word)
                        .orElseThrow(() -> Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                                .with("field", "--role")
                                .expected(Arrays.stream(Role.values())
                                        .map(Role::word)
                                        .collect(Collectors.joining(", ")))
                                .found(word)
                                .exception()));
            }
            return invited(hub.people().invite(actor(hub, call), name, wanted), call);
        }
    }

    static final class ListAccounts extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            List<Account> accounts = hub.people().list(actor(hub, call));
            return Answer.of(
                    Answer.document(
                            "accounts",
                            accounts.stream()
                                    .map(account -> Answer.document(
                                            "account", account.id().value(),
                                            "name", account.displayName(),
                                            "roles", words(account.roles()),
                                            "state", account.state(),
                                            "created", account.created().toString()))
                                    .toList()),
                    accounts.stream()
                            .map(account -> Columns.line(
                                    account.id(),
                                    account.state(),
                                    String.join(",", words(account.roles())),
                                    account.displayName()))
                            .toList());
        }

        private static List<String> words(Set<Role> roles) {
            return roles.stream().map(Role::word).sorted().toList();
        }
    }

    static final class Close extends HubVerb {
        @Parameters(paramLabel = "ACCOUNT", descriptionKey = "ACCOUNT")
        String account = "";

        @Override
        protected Answer act(Hub hub, Call call) {
            AccountId id = Names.of("account", account, call.words(), AccountId::new);
            hub.people().close(actor(hub, call), id);
            return Answer.of(
                    Answer.document("account", id.value(), "state", "closed"),
                    call.words().say("user.closed", id));
        }
    }

    static final class Login extends HubVerb {
        @Parameters(paramLabel = "LOGIN", descriptionKey = "LOGIN")
        String login = "";

        @Option(names = "--password-file", paramLabel = "FILE")
        Optional<Path> passwordFile = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            Session session = hub.people().login(login, Secrets.ask(call, passwordFile, "secret.password"));
            call.terminal().keepSession(session.token());
            return Answer.of(
                    Answer.document(
                            "account", session.account().value(),
                            "session", session.id(),
                            "ends", session.ends().toString(),
                            "token", session.token()),
                    call.words().say("login.done", session.account(), session.ends()));
        }
    }

    static final class Logout extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            hub.people().logout(actor(hub, call));
            call.terminal().forgetSession();
            return Answer.of(Answer.document("session", "ended"), call.words().say("logout.done"));
        }
    }
}
