package org.vauban.app.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vauban.hub.Hub;
import org.vauban.people.Account;
import org.vauban.people.AccountId;
import org.vauban.people.Actor;
import org.vauban.people.People.Invitation;
import org.vauban.people.People.Session;
import org.vauban.people.Role;
import org.vauban.people.Validity;
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
                Branch.verb("review", () -> new Review()),
                Branch.verb("validity", () -> new ShowValidity()),
                Branch.verb("close", () -> new Close()));
    }

    /** Makes HOME and prints the one-time token of its first administrator, or of a new one when nobody is left who could let people in. */
    static final class Init extends HubVerb {
        @Override
        protected boolean makesHome() {
            return true;
        }

        @Override
        protected Answer act(Hub hub, Call call) {
            Invitation first = hub.firstAdministrator()
                    .or(() -> hub.people().administratorWhenNobodyIsLeft())
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
                                            "by_provider", account.byProvider(),
                                            "reviewed",
                                                    account.validity()
                                                            .reviewed()
                                                            .toString(),
                                            "trained",
                                                    account.validity().trained().toString(),
                                            "due", account.validity().due().toString(),
                                            "created", account.created().toString()))
                                    .toList()),
                    accounts.stream()
                            .map(account -> Columns.line(
                                    account.id(),
                                    account.state(),
                                    account.validity().due(),
                                    String.join(",", words(account.roles())),
                                    account.displayName()))
                            .toList());
        }

        private static List<String> words(Set<Role> roles) {
            return roles.stream().map(Role::word).sorted().toList();
        }
    }

    /** Looks at somebody else's account; with a day, also enters when its person was trained. */
    static final class Review extends HubVerb {
        @Parameters(paramLabel = "ACCOUNT", descriptionKey = "ACCOUNT")
        String account = "";

        @Option(names = "--trained", paramLabel = "DATE")
        Optional<LocalDate> trained = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            AccountId id = Names.of("account", account, call.words(), AccountId::new);
            Actor reviewer = actor(hub, call);
            trained.ifPresent(day -> hub.people().reviews().trained(reviewer, id, day));
            hub.people().reviews().review(reviewer, id);
            Validity validity = hub.people().list(reviewer).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .map(Account::validity)
                    .orElseThrow();
            return Answer.of(
                    Answer.document("account", id.value(), "due", validity.due().toString()),
                    call.words().say("user.reviewed", id, validity.due()));
        }
    }

    /** Where one stands oneself: the one thing that is shown to whoever is overdue. */
    static final class ShowValidity extends HubVerb {
        @Override
        protected Answer act(Hub hub, Call call) {
            Actor person = person(hub, call);
            Validity validity = person.validity();
            return Answer.of(
                    Answer.document(
                            "account", person.account().value(),
                            "reviewed", validity.reviewed().toString(),
                            "trained", validity.trained().toString(),
                            "due", validity.due().toString(),
                            "overdue", person.isOverdue()),
                    call.words().say("user.validity.reviewed", validity.reviewed(), validity.reviewDue()),
                    call.words().say("user.validity.trained", validity.trained(), validity.trainingDue()),
                    call.words().say(person.isOverdue() ? "user.validity.over" : "user.validity.good", validity.due()));
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
            Actor person = hub.people().person(session.token());
            if (person.validity().isNear(hub.people().reviews().today())) {
                call.progress(call.words()
                        .say(
                                person.isOverdue() ? "user.validity.over" : "user.validity.near",
                                person.validity().due()));
            }
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
            hub.people().logout(person(hub, call));
            call.terminal().forgetSession();
            return Answer.of(Answer.document("session", "ended"), call.words().say("logout.done"));
        }
    }
}
