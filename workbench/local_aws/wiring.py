"""Which own services the local AWS serves, and what each needs of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from moto.core import DEFAULT_ACCOUNT_ID

from workbench.local_aws import additions, console, gateway, service
from workbench.local_aws.cloudformation import mailbox, resources, signals
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.model import Stack
from workbench.local_aws.cloudformation.operations import operations
from workbench.local_aws.cloudformation.operations.cloud_control import CloudControl
from workbench.local_aws.cloudformation.resources import lambda_aliases
from workbench.local_aws.cloudformation.resources.custom import CustomResources
from workbench.local_aws.cloudformation.resources.waiting import Waiting
from workbench.local_aws.cloudwatch.alarms import Alarms
from workbench.local_aws.config.state import READ_TYPES, READERS
from workbench.local_aws.config.state.held import Held
from workbench.local_aws.corrections import correct_moto
from workbench.local_aws.direct import DirectClients
from workbench.local_aws.functions import code_page
from workbench.local_aws.service import RequestContext
from workbench.local_aws.services import ServiceOptions, Services

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from workbench.resources import Resource


def wire(app: WSGIApplication, endpoint: str, options: ServiceOptions, region: str) -> Services:
    """Installs every own service, with `app` answering at `endpoint`; whoever wires starts and closes what is returned.

    The console shows `region` first.
    """
    correct_moto()
    additions.install()
    clients = DirectClients(app, endpoint)
    kept = READ_TYPES & {*resources.PROVIDERS, "AWS::Lambda::Alias", "AWS::CloudFormation::Stack"}

    def stacks(region: str) -> Iterable[Stack]:
        return engine.stacks.in_region(region)

    services = Services(endpoint, clients, options, Held(stacks, kept))
    _install_alarms(clients, services)
    service.mount(code_page.PREFIX, code_page.page)
    gateway.install(DEFAULT_ACCOUNT_ID, clients)
    service.mount(console.PREFIX, console.Console(clients, region))
    engine = _install_cloudformation(endpoint, clients, options, services)
    services.at_close(clients.close)
    return services


def _install_alarms(clients: DirectClients, services: Services) -> None:
    alarms = Alarms(clients, services.events.publish)
    service.install("cloudwatch", alarms.operations())
    service.observe(alarms.observe)


def _install_cloudformation(
    endpoint: str, clients: DirectClients, options: ServiceOptions, services: Services
) -> Engine:
    """CloudFormation and Cloud Control API, with the addresses at which resources answer."""
    answers, received = mailbox.Mailbox(endpoint), signals.Signals(endpoint)
    service.mount(mailbox.PREFIX, answers)
    service.mount(signals.PREFIX, received)
    special = {
        "AWS::CloudFormation::CustomResource": CustomResources(answers, options.hook_timeout).provider,
        "AWS::Lambda::Alias": lambda_aliases.provider(services.codedeploy.deploy_alias),
        **Waiting(received, options.hour / 3600).providers,
    }
    engine = Engine(clients, DEFAULT_ACCOUNT_ID, resources.finder(special), _announcing(services.events.publish))
    control = CloudControl(engine, _reading(clients))
    service.install("cloudformation", operations(engine, _reading(clients), received), exclusive=True)
    service.install("cloudcontrol", control.operations(), exclusive=True)
    services.parts |= {"cloudformation": engine, "cloudcontrol": control.requests, "signals": received}
    return engine


def _reading(clients: DirectClients) -> Callable[[str, str], Iterable[Resource]]:
    """What AWS Config reads of a place, for whoever else wants to know."""

    def read(place: str, region: str) -> Iterable[Resource]:
        name, _, part = place.partition("/")
        return READERS[name](lambda api: clients(api, region), RequestContext(DEFAULT_ACCOUNT_ID, region), part)

    return read


def _announcing(publish: Callable[[Mapping[str, Any]], None]) -> Callable[[Mapping[str, Any]], None]:
    """A stack changes long after the request that began it: the observers of requests learn of it with the event."""

    def announce(event: Mapping[str, Any]) -> None:
        service.notify(service.Call("cloudformation", "StackStatusChange", event["region"], writes=True))
        publish(event)

    return announce
