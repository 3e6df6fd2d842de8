"""Every sentence the sandbox says, in Chinese and English side by side.

The sandbox is a program of its own, without the platform's catalogues, as a real provider would be.
"""

from typing import Any, Literal

from fieldcast.kit.money import yuan

Language = Literal["zh", "en"]


class Refused(Exception):
    """The sandbox will not do it. `code` names the sentence in `REFUSALS`, `status` is HTTP's."""

    def __init__(self, code: str, status: int, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.facts = facts


# code: (what is wrong, what to do next)
REFUSALS: dict[str, dict[Language, tuple[str, str]]] = {
    "bad_link": {
        "zh": ("这个付款链接不完整。", "请回到订单页，重新点「付款」。"),
        "en": ("This payment link is incomplete.", "Go back to your order and choose Pay again."),
    },
    "changed_link": {
        "zh": ("这个付款链接被改动过，不能用它付款。", "没有付任何钱。请回到订单页，重新点「付款」。"),
        "en": (
            "This payment link has been changed, so it cannot be used to pay.",
            "Nothing was paid. Go back to your order and choose Pay again.",
        ),
    },
    "expired_link": {
        "zh": ("付款时间已过。", "没有付任何钱。请回到订单页看看还能不能买。"),
        "en": (
            "The time to pay is over.",
            "Nothing was paid. Go back to your order to see whether you can still buy.",
        ),
    },
    "other_terms": {
        "zh": (
            "单号 {reference} 已经用在另一笔金额的付款上。",
            "没有付任何钱。请回到订单页，重新点「付款」。",
        ),
        "en": (
            "The number {reference} already belongs to a payment of another amount.",
            "Nothing was paid. Go back to your order and choose Pay again.",
        ),
    },
    "bad_choice": {
        "zh": ("没看懂要付款、失败还是返回。", "请返回上一页，再点一次按钮。"),
        "en": (
            "It is not clear whether to pay, fail or leave.",
            "Go back one page and press a button again.",
        ),
    },
    "unknown_payment": {
        "zh": ("这里没有单号为 {reference} 的付款。", "请核对单号；付款页没打开过的单，这里不会有记录。"),
        "en": (
            "There is no payment {reference} here.",
            "Check the number; a payment whose page was never opened leaves no record here.",
        ),
    },
    "not_paid": {
        "zh": ("付款 {reference} 还没有付，没有钱可退。", "请先查一下这笔付款的状态。"),
        "en": (
            "Payment {reference} has not been paid, so there is nothing to give back.",
            "Query the payment first.",
        ),
    },
    "refund_too_large": {
        "zh": ("要退 ¥{amount_fen}，但这笔付款只剩 ¥{left_fen} 可退。", "请改小退款金额。"),
        "en": (
            "A refund of ¥{amount_fen} was asked for, but only ¥{left_fen} of this payment is left.",
            "Ask for a smaller refund.",
        ),
    },
    "refund_reference_reused": {
        "zh": ("退款号 {refund_reference} 已经用在另一笔退款上。", "请给这笔退款换一个新号。"),
        "en": (
            "The number {refund_reference} already belongs to another refund.",
            "Give this refund a number of its own.",
        ),
    },
    "malformed": {
        "zh": ("请求看不懂：{problem}。", "请对照说明改好再发。"),
        "en": ("The request cannot be read: {problem}.", "Correct it and send it again."),
    },
    "unsigned": {
        "zh": ("请求的签名不对（{reason}），没有处理。", "请核对密钥和电脑时间。"),
        "en": (
            "The request's signature does not hold ({reason}); nothing was done.",
            "Check the keys and the clock.",
        ),
    },
    "only_here": {
        "zh": ("只能在运行沙箱的这台机器上设置故障。", "请在本机上操作。"),
        "en": ("Faults are set only from the machine the sandbox runs on.", "Do this on that machine."),
    },
    "not_here": {
        "zh": ("这里没有这个页面。", "请从订单页点「付款」进来。"),
        "en": ("There is no such page here.", "Come in through Pay on your order."),
    },
    "wrong_method": {
        "zh": ("这个地址不能这样用。", "请从订单页点「付款」进来。"),
        "en": ("This address cannot be used that way.", "Come in through Pay on your order."),
    },
    "too_large": {
        "zh": ("发来的内容太大了。", "请缩小后再发。"),
        "en": ("What was sent is too large.", "Send less."),
    },
}

LABELS: dict[str, dict[Language, str]] = {
    "title": {"zh": "沙箱收银台", "en": "Sandbox cashier"},
    "sandbox": {
        "zh": "练习用的收银台，不会真的扣钱。",
        "en": "This cashier is for practice: nothing is charged and no money moves.",
    },
    "to_pay": {"zh": "应付", "en": "To pay"},
    "item": {"zh": "商品", "en": "For"},
    "number": {"zh": "单号", "en": "Number"},
    "until": {"zh": "请在这之前付款", "en": "Pay before"},
    "pay": {"zh": "付款 ¥{amount}（不扣钱）", "en": "Pay ¥{amount} (nothing is charged)"},
    "fail": {"zh": "假装付款失败", "en": "Pretend the payment fails"},
    "leave": {"zh": "先不付，回去", "en": "Leave without paying"},
    "paid_title": {"zh": "这一单已经付过了", "en": "This has been paid already"},
    "paid_text": {
        "zh": "已付 ¥{amount}，不会再收第二次。",
        "en": "¥{amount} was paid; you will not be asked for it twice.",
    },
    "back": {"zh": "回到订单", "en": "Back to your order"},
    "refused_title": {"zh": "付不了", "en": "This cannot be paid"},
    "failed_before": {
        "zh": "上一次没有付成，可以再试一次。",
        "en": "The last attempt failed. You can try again.",
    },
    "other_language": {"zh": "English", "en": "中文"},
}


def say(key: str, language: Language, **facts: Any) -> str:
    """A label, with its places filled."""
    return LABELS[key][language].format(**facts)


def refusal(refused: Refused, language: Language) -> tuple[str, str]:
    """What is wrong and what to do next; fields that end in `_fen` are said in yuan."""
    facts = {name: yuan(value) if name.endswith("_fen") else value for name, value in refused.facts.items()}
    sentence, next_step = REFUSALS[refused.code][language]
    return sentence.format(**facts), next_step.format(**facts)
