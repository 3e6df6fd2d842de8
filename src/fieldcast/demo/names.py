"""Names of the demo county: places and people, all invented."""

from typing import Final

COUNTY = ("hewan", "河湾县", "Hewan County")
VILLAGES = (
    ("河湾村", "Hewan village"),
    ("青石村", "Qingshi village"),
    ("柳溪村", "Liuxi village"),
    ("云岭村", "Yunling village"),
    ("竹坪村", "Zhuping village"),
    ("桃花坞", "Taohuawu village"),
)
COOPERATIVES = (
    ("HW", "河湾果业合作社", "Hewan Fruit Cooperative", "河湾村"),
    ("QS", "青石蔬菜合作社", "Qingshi Vegetable Cooperative", "青石村"),
    ("YL", "云岭山货合作社", "Yunling Mountain Produce Cooperative", "云岭村"),
)
HOSTS = (
    ("H01", "果农秀兰", "Xiulan the fruit grower", "王秀兰"),
    ("H02", "大川说菜", "Dachuan on vegetables", "周大川"),
    ("H03", "云岭茶姐", "Yunling tea sister", "沈玉梅"),
    ("H04", "返乡小赵", "Xiao Zhao back home", "赵志强"),
    ("H05", "桃花坞阿莲", "Alian of Taohuawu", "陈香莲"),
    ("H06", "山里铁柱", "Tiezhu of the hills", "孙铁柱"),
    ("H07", "河湾县融媒", "Hewan County media", "林敏"),
    ("H08", "菌菇老何", "Old He of mushrooms", "何根生"),
)
CARRIERS = (("C1", "河湾冷链", "Hewan Cold Chain", "马海涛"), ("C2", "山通快运", "Shantong Express", "吴斌"))
CENTRE = ("SC", "河湾县电商服务中心", "Hewan E-commerce Service Centre", "方慧")
LABORATORY = ("LAB", "河湾县农产品质量检测站", "Hewan Produce Testing Station")
FIRST_FARMER = ("梁", "金凤")  # the tutorial's
ADMINISTRATOR = "孟晓东"  # keeps the platform running, in the county's computing centre
AUTHORITY = ("GOV", "河湾县农业农村局", "Hewan Bureau of Agriculture", ("刘建国", "许静"))
CHIEFS = (("王德福", "李小梅"), ("周青山", "张燕"), ("沈云峰", "杨翠"))

SURNAMES: Final = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "杨": "Yang", "赵": "Zhao", "黄": "Huang",
    "周": "Zhou", "吴": "Wu", "徐": "Xu", "孙": "Sun", "胡": "Hu", "朱": "Zhu", "高": "Gao", "林": "Lin", "何": "He",
    "郭": "Guo", "马": "Ma", "罗": "Luo", "梁": "Liang", "宋": "Song", "郑": "Zheng", "谢": "Xie", "韩": "Han",
    "唐": "Tang", "冯": "Feng", "于": "Yu", "董": "Dong", "萧": "Xiao", "程": "Cheng", "曹": "Cao", "袁": "Yuan",
    "邓": "Deng", "许": "Xu", "傅": "Fu", "沈": "Shen", "曾": "Zeng", "彭": "Peng", "吕": "Lü", "苏": "Su",
    "卢": "Lu", "蒋": "Jiang", "蔡": "Cai", "贾": "Jia", "丁": "Ding", "魏": "Wei", "薛": "Xue", "叶": "Ye",
    "阎": "Yan", "余": "Yu", "潘": "Pan", "杜": "Du", "戴": "Dai", "夏": "Xia",
}  # fmt: skip
GIVEN: Final = {
    "秀英": "Xiuying", "桂兰": "Guilan", "玉珍": "Yuzhen", "凤霞": "Fengxia", "春梅": "Chunmei", "秋菊": "Qiuju",
    "美玲": "Meiling", "红梅": "Hongmei", "翠花": "Cuihua", "金凤": "Jinfeng", "淑芬": "Shufen", "雪琴": "Xueqin",
    "小娟": "Xiaojuan", "丽华": "Lihua", "国栋": "Guodong", "建军": "Jianjun", "志明": "Zhiming", "德胜": "Desheng",
    "长根": "Changgen", "水生": "Shuisheng", "福贵": "Fugui", "海波": "Haibo", "永强": "Yongqiang", "文斌": "Wenbin",
    "光辉": "Guanghui", "学文": "Xuewen", "立新": "Lixin", "大勇": "Dayong", "春生": "Chunsheng", "满仓": "Mancang",
    "庆丰": "Qingfeng", "忠义": "Zhongyi", "家旺": "Jiawang", "树林": "Shulin", "玉龙": "Yulong",
}  # fmt: skip
KNOWN: Final = {
    "王德福": "Wang Defu", "李小梅": "Li Xiaomei", "周青山": "Zhou Qingshan", "张燕": "Zhang Yan",
    "沈云峰": "Shen Yunfeng", "杨翠": "Yang Cui", "王秀兰": "Wang Xiulan", "周大川": "Zhou Dachuan",
    "沈玉梅": "Shen Yumei", "赵志强": "Zhao Zhiqiang", "陈香莲": "Chen Xianglian", "孙铁柱": "Sun Tiezhu",
    "林敏": "Lin Min", "何根生": "He Gensheng", "马海涛": "Ma Haitao", "吴斌": "Wu Bin", "方慧": "Fang Hui",
    "刘建国": "Liu Jianguo", "孟晓东": "Meng Xiaodong", "许静": "Xu Jing", "小满": "Xiaoman",
    "阿勇": "A Yong", "安心": "Anxin",
    "豆豆妈": "Doudou's mum", "南山": "Nanshan", "一一": "Yiyi",
}  # fmt: skip
NICKNAMES: Final = (
    "小满", "阿勇", "安心", "豆豆妈", "南山", "一一", "慢慢来", "橙子", "北北", "阿布", "晚风", "青禾", "糖糖", "老周",
    "西瓜皮", "小林", "甜甜", "木木", "九月", "初见", "果果", "阿宁", "向阳", "小鹿", "云朵", "米粒", "江南", "山月",
    "小雨", "星星", "爱吃橘子的猫", "楼下早餐铺", "苏州评弹", "胖胖厨房", "二宝爸爸", "退休老陈", "跑步的鱼",
    "花开半夏", "食堂大厨", "今天吃什么", "一碗白粥", "青石板", "外婆家的菜", "下班买菜", "阳台种葱",
)  # fmt: skip
CALLED: Final = ("姐", "阿姨", "老师", "大哥", "妈妈")  # after a surname: how most people sign in a chat


PLACES = (
    ("黑龙江省", "哈尔滨市", "道里区", "中央大街"),
    ("北京市", "北京市", "海淀区", "学院路"),
    ("上海市", "上海市", "徐汇区", "长乐路"),
    ("江苏省", "南京市", "鼓楼区", "中山北路"),
    ("浙江省", "杭州市", "西湖区", "文三路"),
    ("广东省", "广州市", "天河区", "体育东路"),
    ("广东省", "深圳市", "南山区", "科苑路"),
    ("四川省", "成都市", "武侯区", "人民南路"),
    ("湖北省", "武汉市", "洪山区", "珞喻路"),
    ("湖南省", "长沙市", "岳麓区", "麓山南路"),
    ("陕西省", "西安市", "雁塔区", "小寨路"),
    ("山东省", "青岛市", "市南区", "香港中路"),
    ("河南省", "郑州市", "金水区", "花园路"),
    ("重庆市", "重庆市", "渝中区", "解放碑"),
    ("福建省", "厦门市", "思明区", "湖滨南路"),
)


def nicknames(count: int) -> tuple[str, ...]:
    """So many different names as people choose them for a chat; the first are always the same."""
    called = (f"{surname}{word}" for word in CALLED for surname in SURNAMES)
    found = (*NICKNAMES, *called)
    if count > len(found):
        raise ValueError(f"there are only {len(found)} names")
    return found[:count]


def romanised(name: str) -> str:
    """A person of the county as English writes them; empty for a name that is not known here."""
    surname, given = SURNAMES.get(name[:1]), GIVEN.get(name[1:])
    return KNOWN.get(name, f"{surname} {given}" if surname and given else "")
